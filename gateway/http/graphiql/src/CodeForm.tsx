import { Button } from '@graphiql/react';
import type { FormEvent } from 'react';
import type { Challenge } from './session';

interface CodeFormProps {
  challenge: Challenge;
  busy: boolean;
  onCode(code: string): void;
}

/** The second step of signing in: the code of an authenticator app or a mail, or a recovery code. */
export function CodeForm({ challenge, busy, onCode }: CodeFormProps) {
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    onCode(String(new FormData(event.currentTarget).get('code')));
  }

  return (
    <form className="sign-in-form" onSubmit={submit}>
      <label>
        {challenge.method === 'TOTP' ? 'Code of the authenticator app' : `Code mailed to ${challenge.sentTo}`}
        <input name="code" autoComplete="one-time-code" autoFocus required />
      </label>
      <Button type="submit" className="session-primary" disabled={busy}>
        Sign in
      </Button>
    </form>
  );
}
