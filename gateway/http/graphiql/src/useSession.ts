import { useCallback, useEffect, useState } from 'react';
import type { Credentials } from './config';
import type { Ask } from './gateway';
import { currentViewer, signIn, signOut, type Viewer } from './session';

export interface Session {
  /** Undefined until the gateway has said who is signed in, null when nobody is. */
  viewer: Viewer | null | undefined;
  busy: boolean;
  problem: string | undefined;
  forgetProblem(): void;
  signIn(credentials: Credentials): Promise<boolean>;
  signOut(): Promise<boolean>;
}

export function useSession(ask: Ask): Session {
  const [viewer, setViewer] = useState<Viewer | null>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  const become = useCallback(async (next: () => Promise<Viewer | null>): Promise<boolean> => {
    setBusy(true);
    setProblem(undefined);
    try {
      setViewer(await next());
      return true;
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
    busy,
    problem,
    forgetProblem: () => setProblem(undefined),
    signIn: credentials => become(() => signIn(ask, credentials)),
    signOut: () => become(() => signOut(ask).then(() => null)),
  };
}
