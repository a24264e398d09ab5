import { Button } from '@graphiql/react';
import { useState, type FormEvent } from 'react';
import type { Credentials } from './config';
import type { Coop } from './session';

interface SignInFormProps {
  coops: Coop[];
  busy: boolean;
  onSignIn(credentials: Credentials): void;
}

export function SignInForm({ coops, busy, onSignIn }: SignInFormProps) {
  const [code, setCode] = useState('');
  const coop = coops.find(each => each.code === code) ?? coops[0];
  const byEmail = coop?.signInIdentifier === 'EMAIL';

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => String(fields.get(name));
    onSignIn({ coop: text('coop'), identifier: text('identifier'), password: text('password') });
  }

  return (
    <form className="sign-in-form" onSubmit={submit}>
      <label>
        Co-op
        <select name="coop" value={coop?.code ?? ''} onChange={event => setCode(event.target.value)}>
          {coops.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {byEmail ? 'E-mail address' : 'Login ID'}
        <input name="identifier" autoComplete="username" autoFocus required />
      </label>
      <label>
        Password
        <input name="password" type="password" autoComplete="current-password" required />
      </label>
      <Button type="submit" className="session-primary" disabled={busy || !coop}>
        Sign in
      </Button>
    </form>
  );
}
