import { dialog } from '../state/dialogs';
import { PasswordDialog, TotpDialog } from './signin/account';
import { Help } from './dialogs/help';
import { Palette } from './dialogs/palette';
import { Transfer } from './dialogs/transfer';
import { Finish } from './dialogs/finish';
import { Decline, Reveal, TakeOver } from './dialogs/reasons';
import { Agree } from './dialogs/agree';
import { AskApproval } from './dialogs/ask';
import { Trace } from './dialogs/trace';
import { CannedDialog } from './dialogs/canned';
import { Decide } from './approvals/decide';

export function Dialogs() {
  const d = dialog.value;
  switch (d?.kind) {
    case 'help':
      return <Help />;
    case 'palette':
      return <Palette />;
    case 'password':
      return <PasswordDialog />;
    case 'totp':
      return <TotpDialog />;
    case 'canned':
      return <CannedDialog />;
    case 'transfer':
      return <Transfer how={d.how} />;
    case 'finish':
      return <Finish to={d.to} />;
    case 'takeover':
      return <TakeOver />;
    case 'decline':
      return <Decline />;
    case 'reveal':
      return <Reveal field={d.field} />;
    case 'approval':
      return <AskApproval />;
    case 'agree':
      return <Agree />;
    case 'trace':
      return <Trace turn={d.turn} />;
    case 'decide':
      return <Decide approval={d.approval} decision={d.decision} />;
    default:
      return null;
  }
}
