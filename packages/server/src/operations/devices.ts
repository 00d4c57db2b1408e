import { instant, PortalError, type Device } from '@oya/contract';
import { noteEvent } from '../identity/audit.ts';
import { closeSessionsOf, closeSessionOfId, sessionsOf, type OpenSession } from '../identity/sessions.ts';
import type { CustomerContext, OperationHandler } from './context.ts';

export const listDevices: OperationHandler<'listDevices'> = async (_input, context) => ({ items: await devicesOf(context) });

export const endDevice: OperationHandler<'endDevice'> = async ({ deviceId }, context) => {
  const { db, utility, customerId, signIn } = context;
  const device = (await devicesOf(context)).find(({ id }) => id === deviceId);
  if (!device) throw new PortalError('not-found', { detail: 'no such device, or it is signed out' });
  if (deviceId === signIn.sessionId) throw new PortalError('conflict', { detail: 'that is this browser: sign out instead' });
  const hasEnded = await closeSessionOfId(db, utility.id, customerId, deviceId);
  if (hasEnded) await noteEvent(context, { kind: 'device-ended', customerId });
  return { items: await devicesOf(context) };
};

export const endOtherDevices: OperationHandler<'endOtherDevices'> = async (_input, context) => {
  const { db, utility, customerId, signIn } = context;
  const ended = await closeSessionsOf(db, utility.id, customerId, { except: signIn.sessionId });
  if (ended > 0) await noteEvent(context, { kind: 'devices-ended', customerId });
  return { items: await devicesOf(context) };
};

/** The asking browser first, then those used last. */
export async function devicesOf({ db, utility, customerId, session, signIn, now }: CustomerContext): Promise<Device[]> {
  const devices = (await sessionsOf(db, utility.id, customerId, now, session.limits)).map((open) => deviceOf(open, signIn.sessionId));
  return devices.toSorted((left, right) => Number(right.current) - Number(left.current));
}

function deviceOf({ id, device, way, remembered, startedAt, lastUsedAt, expiresAt }: OpenSession, currentId: string | null): Device {
  return { id, current: id === currentId, ...device, way, remembered, signedInAt: instant(startedAt), lastUsedAt: instant(lastUsedAt), expiresAt: instant(expiresAt) };
}
