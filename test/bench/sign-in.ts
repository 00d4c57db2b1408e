import { findPersona } from '@oya/personas';

/** Signs a household of the demo in. @returns what its browser sends as `Cookie` from then on */
export async function signIn(baseUrl: string, personaId: string): Promise<string> {
  const { login, password } = findPersona(personaId);
  const response = await fetch(`${baseUrl}/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ login, password }) });
  if (!response.ok) throw new Error(`${personaId} could not sign in: ${await response.text()}`);
  return response.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0]).join('; ');
}
