import { requestsInbox } from './conseillers-demandes.js';

// The inbox of a utility's people, by the API of the reference server alone: what waits longest comes first. It asks every few
// seconds; an answer that is being written stays where it is.
const EVERY_MS = 4000;
const { api } = document.body.dataset;
const by = (id) => document.getElementById(id);
const english = () => document.documentElement.lang === 'en';
const say = (fr, en) => (english() ? en : fr);

let token = '';
let current;
let shown = '';

const element = (name, text, more = {}) => Object.assign(document.createElement(name), { ...(text !== undefined && { textContent: text }), ...more });

async function ask(method, path, body) {
  const response = await fetch(`${api}/agents${path}`, { method, headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) }, ...(body && { body: JSON.stringify(body) }) }).catch(() => undefined);
  if (response?.ok) return response;
  by('said').textContent = response?.status === 401 ? say('Cette clé n’ouvre rien ici. Vérifiez-la.', 'This token opens nothing here. Check it.') : response?.status === 422 ? say('Un fichier ou le texte n’est pas pris : photos et PDF de 5 Mo au plus.', 'A file or the text is not taken: photos and PDF of 5 MB at most.') : say('Le service ne répond pas. Réessayez.', 'The service does not answer. Try again.');
  return undefined;
}

const when = (at) => new Date(at).toLocaleString(english() ? 'en-GB' : 'fr-FR', { dateStyle: 'medium', timeStyle: 'short' });
const topics = { invoice: ['Facture', 'Bill'], reading: ['Relevé', 'Reading'], outage: ['Panne', 'Breakdown'], contract: ['Contrat', 'Contract'], other: ['Autre', 'Other'] };
const titleOf = ({ topic, about }) => `${say(...topics[topic])}${about ? ` ${about.label}` : ''}`;

async function renew() {
  const answer = await ask('GET', '/threads');
  if (!answer) return;
  const { items } = await answer.json();
  const told = JSON.stringify([items, current, english()]);
  if (told !== shown) {
    shown = told;
    const focused = document.activeElement?.dataset?.thread;
    by('threads').replaceChildren(...items.map((thread) => {
      const waits = thread.state === 'open' && thread.lastFrom === 'customer';
      const button = element('button', undefined, { type: 'button' });
      button.dataset.thread = thread.id;
      if (thread.id === current) button.setAttribute('aria-current', 'true');
      button.append(
        element('span', `${thread.customer ?? say('Compte fermé', 'Account closed')}, ${titleOf(thread)}`, { className: waits ? 'waits' : '' }),
        element('span', thread.preview),
        element('span', waits ? `${say('Attend une réponse', 'Waits for an answer')}${thread.answerBy ? say(` avant ${when(thread.answerBy)}`, ` by ${when(thread.answerBy)}`) : ''}` : say(thread.state === 'closed' ? 'Terminé' : 'Répondu', thread.state === 'closed' ? 'Done' : 'Answered'), { className: 'soft' }),
      );
      button.addEventListener('click', () => void open(thread.id));
      const item = element('li');
      item.append(button);
      return item;
    }));
    document.querySelector(`[data-thread="${focused}"]`)?.focus();
  }
  by('inbox').hidden = false;
  by('key').hidden = true;
}

async function open(id) {
  const answer = await ask('POST', `/threads/${id}/reading`);
  if (!answer) return;
  current = id;
  show(await answer.json());
  void renew();
}

function show(thread) {
  const draft = by('thread').querySelector('textarea')?.value ?? '';
  const isSame = by('thread').dataset.id === thread.id;
  by('thread').dataset.id = thread.id;
  const title = element('h2', `${thread.customer ?? say('Compte fermé', 'Account closed')}, ${titleOf(thread)}`, { tabIndex: -1 });
  const form = element('form');
  const files = element('input', undefined, { type: 'file', multiple: true, accept: 'image/*,application/pdf', id: 'files' });
  const words = element('textarea', undefined, { id: 'words', rows: 5, maxLength: 4000, required: true, value: isSame ? draft : '' });
  const close = element('button', say(thread.state === 'closed' ? 'Rouvrir' : 'Marquer comme terminé', thread.state === 'closed' ? 'Open again' : 'Mark as done'), { type: 'button' });
  close.addEventListener('click', async () => {
    const answer = await ask('PUT', `/threads/${thread.id}/state`, { state: thread.state === 'closed' ? 'open' : 'closed' });
    if (answer) show(await answer.json());
    void renew();
  });
  const buttons = element('div', undefined, { className: 'buttons' });
  buttons.append(close);
  form.append(element('label', say('Votre réponse', 'Your answer'), { htmlFor: 'words' }), words, element('label', say('Photos ou PDF', 'Photos or PDF'), { htmlFor: 'files' }), files, buttons, element('button', say('Répondre', 'Answer')));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const sent = [];
    for (const file of files.files) sent.push({ name: file.name, content: await base64(file) });
    const answer = await ask('POST', `/threads/${thread.id}/messages`, { words: words.value, ...(sent.length > 0 && { files: sent }) });
    if (!answer) return;
    words.value = '';
    by('said').textContent = say('Votre réponse est envoyée.', 'Your answer is sent.');
    show(await answer.json());
    void renew();
  });
  by('thread').replaceChildren(title, ...thread.messages.map((message) => {
    const article = element('article', undefined, { className: message.from });
    article.append(element('p', `${message.from === 'customer' ? (thread.customer ?? say('Client', 'Customer')) : message.author}, ${when(message.at)}${message.from === 'utility' && message.readAt ? say(', lu', ', read') : ''}`, { className: 'soft' }), element('p', message.words));
    if (message.reading) article.append(element('p', `${say('Index', 'Indexes')} ${message.reading.on} : ${message.reading.indexes.map(({ register, index }) => `${register} ${index}`).join(', ')}`));
    for (const file of message.attachments ?? []) {
      const button = element('button', file.name, { type: 'button' });
      button.addEventListener('click', () => void download(file));
      article.append(button);
    }
    return article;
  }), form);
  if (!isSame) title.focus();
}

async function download({ id, name }) {
  const answer = await ask('GET', `/attachments/${id}`);
  if (!answer) return;
  const url = URL.createObjectURL(await answer.blob());
  element('a', undefined, { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result).replace(/^.*?,/, '')));
    reader.addEventListener('error', () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}

const renewRequests = requestsInbox({ ask, say, element, when, download });

by('token').value = document.body.dataset.token ?? '';
by('key').addEventListener('submit', (event) => {
  event.preventDefault();
  token = by('token').value.trim();
  void renew();
  void renewRequests();
});
setInterval(() => {
  if (token !== '' && !document.hidden) void renewRequests();
  if (token !== '' && !document.hidden) void renew().then(async () => {
    if (current === undefined || by('thread').querySelector('textarea')?.value) return;
    const answer = await ask('GET', `/threads/${current}`);
    if (answer) {
      const thread = await answer.json();
      if (by('thread').querySelectorAll('article').length !== thread.messages.length) show(thread);
    }
  });
}, EVERY_MS);
