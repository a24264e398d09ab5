import type { Credentials } from './config';
import type { Ask } from './gateway';

export interface Coop {
  code: string;
  name: string;
  signInIdentifier: 'LOGIN_ID' | 'EMAIL';
}

export interface Viewer {
  account: { loginId: string; kind: 'MEMBER' | 'GUARDIAN' | 'STAFF' };
  /** The member, or a guardian's student; null for staff and while the registry does not answer. */
  member: { profile: { name: string } | null } | null;
}

/** A sign-in that waits for its code. */
export interface Challenge {
  coop: string;
  challenge: string;
  method: 'EMAIL' | 'TOTP';
  /** Where a code by e-mail went, masked. */
  sentTo: string | null;
}

interface UserError {
  code: string;
  message: string;
}

const COOPS = `query Coops { coops { code name signInIdentifier } }`;

const VIEWER = `query WhoIsSignedIn { viewer { account { loginId kind } member { profile { name } } } }`;

const SIGN_IN = `mutation SignIn($input: SignInInput!) {
  signIn(input: $input) { errors { code message path } challenge { challenge method sentTo } }
}`;

const VERIFY_AUTH_CODE = `mutation VerifyAuthCode($input: VerifyAuthCodeInput!) {
  verifyAuthCode(input: $input) { errors { code message path } }
}`;

const SIGN_OUT = `mutation SignOut { signOut { errors { message } } }`;

const NO_COOKIE =
  'The gateway let you in, but the browser keeps no session. ' +
  'Its cookie needs https, or http at localhost or 127.0.0.1.';

export async function coops(ask: Ask): Promise<Coop[]> {
  return (await ask<{ coops: Coop[] }>(COOPS)).coops;
}

export async function currentViewer(ask: Ask): Promise<Viewer | null> {
  return (await ask<{ viewer: Viewer | null }>(VIEWER)).viewer;
}

/**
 * Signs in with the session cookie, or gives the challenge that asks for a code first. Throws what the person can read
 * when the gateway refuses.
 */
export async function signIn(ask: Ask, { coop, identifier, password }: Credentials): Promise<Viewer | Challenge> {
  const input = { coop, identifier, password, transport: 'COOKIE' };
  const { signIn } = await ask<{ signIn: { errors: UserError[]; challenge: Omit<Challenge, 'coop'> | null } }>(
    SIGN_IN,
    { input },
  );
  throwFirst(signIn.errors);
  return signIn.challenge ? { coop, ...signIn.challenge } : cookieHolder(ask);
}

/** Answers a challenge with the first of these codes that is taken: an app's is taken once. Throws likewise. */
export async function submitCode(ask: Ask, challenge: Challenge, [code, ...others]: string[]): Promise<Viewer> {
  const input = { coop: challenge.coop, challenge: challenge.challenge, code, transport: 'COOKIE' };
  const { verifyAuthCode } = await ask<{ verifyAuthCode: { errors: UserError[] } }>(VERIFY_AUTH_CODE, { input });
  if (verifyAuthCode.errors[0]?.code === 'INVALID_AUTH_CODE' && others.length > 0) {
    return submitCode(ask, challenge, others);
  }
  throwFirst(verifyAuthCode.errors);
  return cookieHolder(ask);
}

async function cookieHolder(ask: Ask): Promise<Viewer> {
  const viewer = await currentViewer(ask);
  if (!viewer) {
    throw new Error(NO_COOKIE);
  }
  return viewer;
}

export async function signOut(ask: Ask): Promise<void> {
  const { signOut } = await ask<{ signOut: { errors: UserError[] } }>(SIGN_OUT);
  throwFirst(signOut.errors);
}

function throwFirst([error]: UserError[]): void {
  if (error) {
    throw new Error(error.message);
  }
}
