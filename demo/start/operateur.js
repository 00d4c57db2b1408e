// What the simulated operator knows, and what can be done to it, by its own /control. Only what changed is drawn again, so
// that whoever decides keeps their place.
const EVERY_MS = 1500;
const ADDRESS = `${document.body.dataset.simulator}/control`;
const DAY_MS = 86_400_000;

const WORDS = {
  purposes: {
    'curve-recording': ['Enregistrement de la demi-heure', 'Recording of half-hours'],
    'curve-collection': ['Collecte de la demi-heure', 'Collection of half-hours'],
    'daily-collection': ['Consommation de chaque jour', 'Consumption of each day'],
    'maximum-power': ['Puissance maximale', 'Maximum power'],
  },
  reasons: {
    'other-holder': ['Un autre titulaire est connu', 'Another holder is known'],
    'meter-silent': ['Le compteur ne répond pas', 'The meter does not answer'],
    'meter-unable': ['Le compteur ne sait pas le faire', 'The meter cannot do it'],
    'no-answer': ['Pas de réponse à temps', 'No answer in time'],
    refused: ['Refusé', 'Refused'],
  },
  services: {
    enedis: ['Électricité (Enedis)', 'Electricity (Enedis)'],
    grdf: ['Gaz (GRDF)', 'Gas (GRDF)'],
    rte: ['EcoWatt et Tempo (RTE)', 'EcoWatt and Tempo (RTE)'],
    operator: ['Accords', 'Consents'],
  },
  weathers: {
    fair: ['Tout va bien', 'All is well'],
    503: ['Indisponible (503)', 'Unavailable (503)'],
    500: ['Erreur (500)', 'Error (500)'],
    timeout: ['Ne répond pas', 'Does not answer'],
    truncated: ['Réponses coupées', 'Answers cut off'],
    slow: ['Lent (5 secondes)', 'Slow (5 seconds)'],
    quota: ['Quota : 5 appels par minute', 'Quota: 5 calls a minute'],
    tokens: ['Jetons refusés', 'Tokens refused'],
  },
  activate: ['Activer', 'Activate'],
  refuse: ['Refuser', 'Refuse'],
  hold: ['Laisser attendre', 'Let it wait'],
  reason: ['Motif du refus', 'Reason of the refusal'],
  soon: ['Sera bientôt activé, si vous ne dites rien.', 'Will be activated soon, unless you say otherwise.'],
  held: ['Attend votre décision.', 'Waits for your decision.'],
  activated: ['Activé', 'Activated'],
  refused: ['Refusé', 'Refused'],
  holding: ['Attend votre décision', 'Waits for your decision'],
  cut: ['aucune', 'none'],
  ended: ['Les jetons d’accès ne valent plus rien ; les portails en demandent d’autres.', 'The access tokens are worth nothing any more; the portals ask for new ones.'],
  unreachable: ['Le gestionnaire simulé ne répond pas. La démonstration est-elle arrêtée ?', 'The simulated operator does not answer. Has the demo stopped?'],
};

const FAIR = { latencyMs: 0, callsPerMinute: null, callsPerDay: null, failing: null, failShare: 0, refusesTokens: false };
const WEATHERS = {
  fair: {},
  503: { failing: { as: '503' } },
  500: { failing: { as: '500' } },
  timeout: { failing: { as: 'timeout' } },
  truncated: { failing: { as: 'truncated' } },
  slow: { latencyMs: 5000 },
  quota: { callsPerMinute: 5 },
  tokens: { refusesTokens: true },
};

const byId = (id) => document.getElementById(id);
const isEnglish = () => document.documentElement.lang === 'en';
const say = ([french, english]) => (isEnglish() ? english : french);
/** `what: who`, with the space that French has before its colon. */
const colon = (what, who) => `${what}${isEnglish() ? '' : '\u00a0'}: ${who}`;

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

async function ask(change) {
  try {
    const response = await fetch(ADDRESS, change && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(change) });
    const answer = await response.json();
    // Somebody else, or the clock, was faster: the next look shows it.
    if (response.ok) draw(answer);
    if (byId('status').dataset.trouble) tell('');
    return response.ok;
  } catch {
    tell(say(WORDS.unreachable), true);
    return false;
  }
}

function tell(text, isTrouble = false) {
  const status = byId('status');
  if (status.textContent !== text) status.textContent = text;
  if (isTrouble) status.dataset.trouble = 'yes';
  else delete status.dataset.trouble;
}

let state;
const drawn = new Map();

/** Draws a part again when what it shows, or the language, has changed. */
function renew(id, shows, render) {
  const key = JSON.stringify([document.documentElement.lang, shows]);
  if (drawn.get(id) === key) return;
  drawn.set(id, key);
  render();
}

function draw(next) {
  state = next;
  const { services, data, operator, asked } = state;
  const waiting = operator.consents.filter((consent) => consent.state === 'pending');
  const active = operator.consents.filter((consent) => consent.state === 'active');

  drawWaiting(waiting);
  byId('none').hidden = waiting.length > 0;
  choose(byId('delay'), String(operator.decideAfterMs));
  renew('services', services, drawServices);
  byId('late').checked = data.late.length > 0;
  byId('estimated').checked = data.estimatedDays > 0;
  byId('hole').checked = data.holes.length > 0;
  renew('active', active, () => byId('active').replaceChildren(...activeRows(active)));
  renew('asked', asked, () => byId('asked').replaceChildren(...asked.slice(0, 12).map(askedRow)));
}

function drawWaiting(waiting) {
  const list = byId('waiting');
  for (const item of [...list.children]) if (!waiting.some(({ id }) => id === item.dataset.id)) leave(item);
  for (const consent of waiting) {
    const known = [...list.children].find((item) => item.dataset.id === consent.id);
    renew(consent.id, consent.isHeld, () => {
      const item = waitingItem(consent);
      if (!known) return list.append(item);
      const focused = known.contains(document.activeElement) ? document.activeElement.dataset.action : undefined;
      known.replaceWith(item);
      if (focused) (item.querySelector(`[data-action="${focused}"]`) ?? item.querySelector('button')).focus();
    });
  }
}

/** Whoever stood in an entry that goes stands in the next one then, or before the list. */
function leave(item) {
  const hadFocus = item.contains(document.activeElement);
  const next = (item.nextElementSibling ?? item.previousElementSibling)?.querySelector('button') ?? byId('delay');
  drawn.delete(item.dataset.id);
  item.remove();
  if (hadFocus) next.focus();
}

function waitingItem({ id, holder, deliveryPoint, purpose, isHeld }) {
  const reasonId = `reason-${id}`;
  const what = say(WORDS.purposes[purpose]);
  const reasons = element('select', { id: reasonId }, ...Object.entries(WORDS.reasons).map(([value, words]) => element('option', { value, textContent: say(words) })));
  reasons.dataset.action = 'reason';
  const button = (action, words, decision, said) => {
    const made = element('button', { type: 'button', textContent: say(words), onclick: () => decide(id, decision(), `${colon(say(said), `${holder}, ${what}`)}.`) });
    made.dataset.action = action;
    made.setAttribute('aria-label', colon(say(words), `${holder}, ${what}`));
    return made;
  };
  const activate = button('activate', WORDS.activate, () => 'active', WORDS.activated);
  activate.className = 'primary';
  const item = element(
    'li',
    {},
    element('div', {}, element('h3', { textContent: colon(holder, what) }), element('p', {}, element('code', { textContent: deliveryPoint }), ` · ${say(isHeld ? WORDS.held : WORDS.soon)}`)),
    element(
      'div',
      { className: 'actions' },
      activate,
      ...(isHeld ? [] : [button('hold', WORDS.hold, () => 'hold', WORDS.holding)]),
      element('div', { className: 'field' }, element('label', { htmlFor: reasonId, textContent: say(WORDS.reason) }), reasons),
      button('refuse', WORDS.refuse, () => reasons.value, WORDS.refused),
    ),
  );
  item.dataset.id = id;
  return item;
}

async function decide(id, decision, said) {
  if (await ask({ operator: { decide: { id, decision } } })) tell(said);
}

function drawServices() {
  const focused = document.activeElement?.id;
  byId('services').replaceChildren(
    ...Object.entries(WORDS.services).map(([service, words]) => {
      const options = Object.entries(WORDS.weathers).filter(([weather]) => service !== 'operator' || weather !== 'tokens');
      const select = element('select', { id: `weather-${service}` }, ...options.map(([value, names]) => element('option', { value, textContent: say(names) })));
      choose(select, weatherOf(state.services[service]));
      select.addEventListener('change', async () => {
        if (await ask({ services: { [service]: { ...FAIR, ...WEATHERS[select.value] } } })) tell(`${colon(say(words), say(WORDS.weathers[select.value]))}.`);
      });
      return element('div', { className: 'field' }, element('label', { htmlFor: select.id, textContent: say(words) }), select);
    }),
  );
  if (focused?.startsWith('weather-')) byId(focused).focus();
}

function weatherOf({ failing, latencyMs, callsPerMinute, refusesTokens }) {
  if (failing) return failing.as;
  if (refusesTokens) return 'tokens';
  if (callsPerMinute !== null) return 'quota';
  return latencyMs > 0 ? 'slow' : 'fair';
}

function activeRows(consents) {
  const points = Map.groupBy(consents, ({ deliveryPoint }) => deliveryPoint);
  return [...points].sort(([left], [right]) => left.localeCompare(right)).map(([point, of]) => {
    const purposes = Object.keys(WORDS.purposes).filter((purpose) => of.some((consent) => consent.purpose === purpose));
    return element('tr', {}, element('th', { scope: 'row', textContent: of[0].holder }), element('td', {}, element('code', { textContent: point })), element('td', { textContent: purposes.map((purpose) => say(WORDS.purposes[purpose])).join(', ') }));
  });
}

function askedRow({ at, service, path, status }) {
  const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: 'medium', timeZone: 'Europe/Paris' }).format(new Date(at));
  // Nothing there yet is an answer like another.
  const isFailed = status === null || (status >= 400 && status !== 404);
  return element('tr', {}, element('td', { textContent: time }), element('td', { textContent: say(WORDS.services[service]) }), element('td', {}, element('code', { textContent: path })), element('td', { className: isFailed ? 'failed' : '', textContent: status === null ? say(WORDS.cut) : String(status) }));
}

/** A choice under way is not taken from whoever makes it. */
function choose(select, value) {
  if (document.activeElement !== select || !select.matches(':open')) select.value = value;
}

/** On the clock of the place. */
function day(later) {
  return new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Paris' }).format(Date.now() + later * DAY_MS);
}

byId('delay').addEventListener('change', ({ target }) => ask({ operator: { decideAfterMs: Number(target.value) } }));
byId('late').addEventListener('change', ({ target }) => ask({ data: { late: target.checked ? [{ hours: 24 }] : [] } }));
byId('estimated').addEventListener('change', ({ target }) => ask({ data: { estimatedDays: target.checked ? 3 : 0 } }));
byId('hole').addEventListener('change', ({ target }) => ask({ data: { holes: target.checked ? [{ from: day(-2), to: day(-1) }] : [] } }));
byId('tokens').addEventListener('click', async () => {
  if (await ask({ endTokens: true })) tell(say(WORDS.ended));
});
new MutationObserver(() => {
  // The words of entries that stay change too.
  drawn.clear();
  byId('waiting').replaceChildren();
  tell('');
  if (state) draw(state);
}).observe(document.documentElement, { attributeFilter: ['lang'] });

await ask();
setInterval(() => {
  if (!document.hidden) void ask();
}, EVERY_MS);
