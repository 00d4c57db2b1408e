// Requests in the inbox of a utility's people: what is open first, the oldest; each is taken a step further, with words.
const KINDS = { moving: ['Déménagement', 'Move'], 'power-or-tariff': ['Puissance ou tarif', 'Power or tariff'], connection: ['Raccordement', 'Connection'], claim: ['Réclamation', 'Complaint'], documents: ['Document', 'Document'] };
const STATES = { received: ['Reçue', 'Received'], 'in-progress': ['En cours', 'In progress'], waiting: ['Attend le client', 'Waits for the customer'], done: ['Terminée', 'Done'], refused: ['Refusée', 'Refused'], withdrawn: ['Retirée', 'Taken back'] };
const NEXT = ['in-progress', 'waiting', 'done', 'refused'];
const isOpen = ({ state }) => state === 'received' || state === 'in-progress' || state === 'waiting';

/** @param tools of the inbox: `ask`, `say`, `element`, `when`, `download` */
export function requestsInbox({ ask, say, element, when, download }) {
  const by = (id) => document.getElementById(id);
  let current;
  let shown = '';

  async function renew() {
    const answer = await ask('GET', '/requests');
    if (!answer) return;
    const { items } = await answer.json();
    const told = JSON.stringify([items, current, document.documentElement.lang]);
    by('requests-inbox').hidden = false;
    if (told === shown) return;
    shown = told;
    const focused = document.activeElement?.dataset?.request;
    by('requests').replaceChildren(...items.map((request) => {
      const button = element('button', undefined, { type: 'button' });
      button.dataset.request = request.id;
      if (request.id === current) button.setAttribute('aria-current', 'true');
      button.append(element('span', `${request.customer ?? say('Compte fermé', 'Account closed')}, ${say(...KINDS[request.kind])}`, { className: isOpen(request) ? 'waits' : '' }), element('span', `${request.number}, ${when(request.sentAt)}`), element('span', say(...STATES[request.state]), { className: 'soft' }));
      button.addEventListener('click', () => void open(request.id));
      const item = element('li');
      item.append(button);
      return item;
    }));
    document.querySelector(`[data-request="${focused}"]`)?.focus();
    const seen = items.find(({ id }) => id === current);
    // What the customer did meanwhile is shown, unless something is being written.
    if (seen && by('request').dataset.shown !== shownOf(seen) && !by('request').querySelector('textarea')?.value) void open(current, false);
  }

  async function open(id, moves = true) {
    const answer = await ask('GET', `/requests/${id}`);
    if (!answer) return;
    current = id;
    show(await answer.json(), moves);
    void renew();
  }

  function show(request, moves) {
    by('request').dataset.shown = shownOf(request);
    const title = element('h3', `${request.customer ?? say('Compte fermé', 'Account closed')}, ${say(...KINDS[request.kind])}, ${request.number}`, { tabIndex: -1 });
    const facts = element('pre', factsOf(request.details).join('\n'), { tabIndex: 0 });
    by('request').replaceChildren(title, element('p', `${say('Téléphone', 'Phone')} ${request.phone}`), facts, ...request.steps.map(stepOf), ...(isOpen(request) ? [formOf(request)] : []));
    if (moves) title.focus();
  }

  const shownOf = ({ state, changedAt }) => `${state} ${changedAt}`;

  /** As it was sent: whoever works on it sees every field. */
  function factsOf(value, path = '') {
    if (typeof value !== 'object' || value === null) return [`${path} : ${String(value)}`];
    return Object.entries(value).flatMap(([name, inner]) => factsOf(inner, path === '' ? name : `${path}.${name}`));
  }

  function stepOf({ state, at, by: side, author, words, attachments = [] }) {
    const article = element('article', undefined, { className: side });
    article.append(element('p', `${say(...STATES[state])}, ${side === 'customer' ? say('client', 'customer') : author ?? ''}, ${when(at)}`, { className: 'soft' }), ...(words === null ? [] : [element('p', words)]));
    for (const file of attachments) {
      const button = element('button', file.name, { type: 'button' });
      button.addEventListener('click', () => void download(file));
      article.append(button);
    }
    return article;
  }

  function formOf(request) {
    const form = element('form');
    const state = element('select', undefined, { id: 'request-state' });
    state.append(...NEXT.map((each) => element('option', say(...STATES[each]), { value: each })));
    const words = element('textarea', undefined, { id: 'request-words', rows: 4, maxLength: 4000 });
    // Why it is refused, and what is asked, the customer must be told.
    const require = () => (words.required = state.value === 'waiting' || state.value === 'refused');
    state.addEventListener('change', require);
    form.append(element('label', say('Où elle en est', 'Where it stands'), { htmlFor: 'request-state' }), state, element('label', say('Pour le client', 'For the customer'), { htmlFor: 'request-words' }), words, element('button', say('Enregistrer l’étape', 'Take the step')));
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const answer = await ask('PUT', `/requests/${request.id}/state`, { state: state.value, ...(words.value.trim() !== '' && { words: words.value }) });
      if (!answer) return;
      by('said').textContent = say('L’étape est enregistrée, le client est prévenu.', 'The step is taken, the customer is told.');
      show(await answer.json(), true);
      void renew();
    });
    return form;
  }

  return renew;
}
