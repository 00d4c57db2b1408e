/** What Enedis' APIs answer in place of measurements, and what to do about it. */
import { FormatError } from '../errors.ts';
import { objectOf, textOf, type JsonObject } from '../json.ts';

/**
 * Codes, without the prefix `ADAM-` that some gateways leave out: what they mean, and what to do. Enedis documents them in its
 * Data Connect pages; those of 2026 (`SGT…`, `STM…`, six digits of the gateway) are as its API was seen to answer.
 */
const MEANINGS: Readonly<Record<string, readonly [meaning: string, advice: string]>> = {
  'DC-0007': ['the customer is not the holder of the delivery point', 'Ask the holder of the contract for consent.'],
  'DC-0008': ['there is no consent of the customer for this delivery point, or it has ended', 'Ask the customer for consent, then ask Enedis again.'],
  'DC-0009': ['the period begins before the customer’s consent does', 'Ask for a period that begins with the consent.'],
  'DC-0015': ['the period of a load curve is longer than 7 days', 'Ask for 7 days at a time.'],
  'DC-0016': ['the period begins before the history that Enedis keeps', 'Ask for at most 24 months and 15 days of load curve, 36 months and 15 days of daily values.'],
  ERR0069: ['the delivery point does not measure in this direction', 'Ask for consumption instead of production, or the other way round, or for the delivery point that measures it.'],
  ERR0075: ['the hourly collection of the load curve is off', 'Have it switched on, with the customer’s consent; it begins the day after.'],
  ERR0123: ['the period begins before the meter was last put into service', 'Ask for a period that begins with the customer’s contract.'],
  no_data_found: ['there is no measurement in the period', 'Ask for another period; a load curve is there only from the day its collection was switched on.'],
  'STM-ERR-0000014': ['there is no measurement in the period', 'Ask for another period; a load curve is there only from the day its collection was switched on.'],
  SGT403: ['the portal has no right to the delivery point', 'Ask the customer for consent, or have it added to the subscribed services.'],
  SGT404: ['there is no measurement in the period', 'Ask for another period; a load curve is there only from the day its collection was switched on.'],
  SGT429: ['too many questions in a short time', 'Wait, and ask again more slowly.'],
  429: ['too many questions in a short time', 'Wait, and ask again more slowly.'],
  900901: ['the credentials are not valid', 'Ask for a new token.'],
  900908: ['the application is not subscribed to this API', 'Subscribe it in the Enedis customer space.'],
};
const SAME: Readonly<Record<string, string>> = { ERR0125: 'DC-0016', ERR0126: 'DC-0015' };

/** Whether a file begins as an answer that says what went wrong. */
export function isErrorAnswer(head: string): boolean {
  return /"(error_description|enedis_return)"|"error"\s*:\s*"(ADAM-|STM-|no_data_found)|"code"\s*:\s*"?(SGT|STM-|900\d{3}\b|429\b)/.test(head);
}

/** @throws FormatError when a file is an answer that says what went wrong: in plain words, with what to do */
export function refuseErrorAnswer(file: JsonObject): void {
  // Gateways put the answer of Enedis inside their own.
  const answer = [file['enedis_return'], file['error'], file].map(objectOf).find((each) => codeOf(each) !== '');
  if (!answer || 'meter_reading' in file || 'grandeur' in file) return;
  const code = codeOf(answer).slice(0, 40);
  const bare = code.replace(/^ADAM-/, '');
  const known = SAME[bare] ?? bare;
  const said = textOf(answer['error_description']) || textOf(answer['message']);
  const [meaning, advice] = Object.hasOwn(MEANINGS, known)
    ? (MEANINGS[known] as readonly [string, string])
    : [said === '' ? 'Enedis does not say what it means' : `Enedis says: “${said.slice(0, 200)}”`, 'Look the code up in the documentation of Enedis Data Connect, and ask again.'];
  throw new FormatError(`this is no measurement but an error of the Enedis API (${code}): ${meaning}`, advice);
}

function codeOf(answer: JsonObject): string {
  return textOf(answer['error']) || textOf(answer['error_code']) || textOf(answer['code']);
}
