import { Secret, TOTP } from 'otpauth';

const STEP = 30_000;

/** The codes that the gateway takes now from an app with this secret, the oldest first: each is good once. */
export function codesNow(secret: string): string[] {
  const app = new TOTP({ secret: Secret.fromBase32(secret) });
  return [-STEP, 0, STEP].map(off => app.generate({ timestamp: Date.now() + off }));
}
