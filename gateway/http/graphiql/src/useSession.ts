import { useCallback, useEffect, useState } from 'react';
import type { Credentials, DemoAccount } from './config';
import type { Ask } from './gateway';
import { currentViewer, signIn, signOut, submitCode, type Challenge, type Viewer } from './session';
import { codesNow } from './totp';

export interface Session {
  /** Undefined until the gateway has said who is signed in, null when nobody is. */
  viewer: Viewer | null | undefined;
  /** Set while a sign-in waits for its code. */
  challenge: Challenge | undefined;
  busy: boolean;
  problem: string | undefined;
  forgetProblem(): void;
  forgetChallenge(): void;
  /** Resolves to true when somebody is signed in then. */
  signIn(credentials: Credentials | DemoAccount): Promise<boolean>;
  submitCode(code: string): Promise<boolean>;
  signOut(): Promise<boolean>;
}

export function useSession(ask: Ask): Session {
  const [viewer, setViewer] = useState<Viewer | null>();
  const [challenge, setChallenge] = useState<Challenge>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  const become = useCallback(async (next: () => Promise<Viewer | Challenge | null>): Promise<boolean> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const outcome = await next();
      const waits = outcome !== null && 'challenge' in outcome;
      setChallenge(waits ? outcome : undefined);
      if (!waits) {
        setViewer(outcome);
      }
      return !waits;
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      return false;
    } finally {
      setBusy(false);
    }
  }, []);

  useEffect(() => void become(() => currentViewer(ask)), [ask, become]);

  return {
    viewer,
    challenge,
    busy,
    problem,
    forgetProblem: () => setProblem(undefined),
    forgetChallenge: () => setChallenge(undefined),
    signIn: credentials => become(() => signInWithApp(ask, credentials)),
    submitCode: code => become(async () => (challenge ? submitCode(ask, challenge, [code]) : null)),
    signOut: () => become(() => signOut(ask).then(() => null)),
  };
}

/** For the demo's staff it does what their authenticator app would. */
async function signInWithApp(ask: Ask, credentials: Credentials | DemoAccount): Promise<Viewer | Challenge> {
  const outcome = await signIn(ask, credentials);
  const secret = 'totpSecret' in credentials ? credentials.totpSecret : undefined;
  return 'challenge' in outcome && secret ? submitCode(ask, outcome, codesNow(secret)) : outcome;
}
