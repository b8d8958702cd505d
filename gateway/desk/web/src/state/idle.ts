import * as api from '../api/calls';
import { phase, session } from './session';

// Whoever has left the desk is signed out. The page asks for news by itself, which keeps
// the session in use; so it is here that somebody's doing nothing is counted.

let touched = Date.now();
for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchstart'])
  addEventListener(kind, () => (touched = Date.now()), { passive: true, capture: true });

/** Whether somebody has done nothing for too long. */
export const left = (since: number, now: number, seconds: number): boolean => now - since >= seconds * 1000;

setInterval(() => {
  if (phase.value !== 'in' || !left(touched, Date.now(), session.value?.idle_seconds || 1800)) return;
  phase.value = 'expired'; // what was typed stays, under the sign-in
  void api.session.signOut().catch(() => undefined); // it ends by itself where this fails
}, 15_000);
