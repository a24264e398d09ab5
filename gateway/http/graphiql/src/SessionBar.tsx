import { Button } from '@graphiql/react';
import { useState } from 'react';
import type { DemoAccount } from './config';
import type { Ask } from './gateway';
import type { Viewer } from './session';
import { SignInDialog } from './SignInDialog';
import { useSession } from './useSession';

interface SessionBarProps {
  ask: Ask;
  demoAccounts: DemoAccount[];
}

/** Who is signed in, at the top right, with the way in and the way out. */
export function SessionBar({ ask, demoAccounts }: SessionBarProps) {
  const session = useSession(ask);
  const [signingIn, setSigningIn] = useState(false);

  function show(dialog: boolean) {
    session.forgetProblem();
    session.forgetChallenge();
    setSigningIn(dialog);
  }

  return (
    <div className="session">
      {session.problem && !signingIn && (
        <span className="session-problem" role="alert" title={session.problem}>
          {session.problem}
        </span>
      )}
      {session.viewer && <SignedInAs viewer={session.viewer} />}
      {session.viewer ? (
        <Button type="button" disabled={session.busy} onClick={session.signOut}>
          Sign out
        </Button>
      ) : (
        <Button type="button" className="session-primary" onClick={() => show(true)}>
          Sign in
        </Button>
      )}
      <SignInDialog ask={ask} demoAccounts={demoAccounts} session={session} open={signingIn} onOpenChange={show} />
    </div>
  );
}

function SignedInAs({ viewer }: { viewer: Viewer }) {
  const [who, as] = introduction(viewer);
  return (
    <div className="session-viewer" role="status">
      <span className="session-who">{who}</span>
      <span className="session-as">{as}</span>
    </div>
  );
}

function introduction({ account, member }: Viewer): [who: string, as: string] {
  const name = member?.profile?.name;
  const kind = account.kind.toLowerCase();
  if (!name) {
    return [account.loginId, kind];
  }
  return account.kind === 'GUARDIAN'
    ? [account.loginId, `guardian of ${name}`]
    : [name, `${kind} · ${account.loginId}`];
}
