import { UnStyledButton } from '@graphiql/react';
import type { Credentials, DemoAccount } from './config';
import type { Coop } from './session';

interface DemoAccountsProps {
  accounts: DemoAccount[];
  coops: Coop[];
  busy: boolean;
  onSignIn(credentials: Credentials): void;
}

/** The invented people of the demo, each one click away. */
export function DemoAccounts({ accounts, coops, busy, onSignIn }: DemoAccountsProps) {
  const codes = [...new Set(accounts.map(account => account.coop))];
  return (
    <section className="demo-accounts" aria-labelledby="demo-accounts">
      <h3 id="demo-accounts">Or as one of the demo’s people</h3>
      {codes.map(code => (
        <div key={code}>
          <h4>{coops.find(coop => coop.code === code)?.name ?? code}</h4>
          <ul>
            {accounts
              .filter(account => account.coop === code)
              .map(account => (
                <li key={account.identifier}>
                  <UnStyledButton type="button" disabled={busy} onClick={() => onSignIn(account)}>
                    <span>{account.label}</span>
                    <code>{account.identifier}</code>
                  </UnStyledButton>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
