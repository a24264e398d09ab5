import { Dialog } from '@graphiql/react';
import { useEffect, useState } from 'react';
import { CodeForm } from './CodeForm';
import type { Credentials, DemoAccount } from './config';
import { DemoAccounts } from './DemoAccounts';
import type { Ask } from './gateway';
import { coops, type Coop } from './session';
import { SignInForm } from './SignInForm';
import type { Session } from './useSession';

interface SignInDialogProps {
  ask: Ask;
  demoAccounts: DemoAccount[];
  session: Session;
  open: boolean;
  onOpenChange(open: boolean): void;
}

export function SignInDialog({ ask, demoAccounts, session, open, onOpenChange }: SignInDialogProps) {
  const [choices, setChoices] = useState<Coop[]>([]);
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    if (open) {
      coops(ask).then(setChoices, (error: Error) => setProblem(error.message));
    }
  }, [ask, open]);

  async function closeWhen(signedIn: Promise<boolean>) {
    if (await signedIn) {
      onOpenChange(false);
    }
  }

  const signIn = (credentials: Credentials) => void closeWhen(session.signIn(credentials));

  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <div className="graphiql-dialog-header">
        <Dialog.Title className="graphiql-dialog-title">Sign in</Dialog.Title>
        <Dialog.Close />
      </div>
      <Dialog.Description className="sign-in-hint">
        The session is a cookie of this browser. Operations then run as this person.
      </Dialog.Description>
      <Problem text={session.problem ?? problem} />
      {session.challenge ? (
        <CodeForm
          challenge={session.challenge}
          busy={session.busy}
          onCode={code => void closeWhen(session.submitCode(code))}
        />
      ) : (
        <div className="sign-in">
          <SignInForm coops={choices} busy={session.busy} onSignIn={signIn} />
          {demoAccounts.length > 0 && (
            <DemoAccounts accounts={demoAccounts} coops={choices} busy={session.busy} onSignIn={signIn} />
          )}
        </div>
      )}
    </Dialog>
  );
}

function Problem({ text }: { text: string | undefined }) {
  return (
    text && (
      <p className="sign-in-problem" role="alert">
        {text}
      </p>
    )
  );
}
