import { page } from '../state/route';
import { phase, reads, seesReport, start, trouble } from '../state/session';
import { Bones, Button, Empty } from '../ui/kit';
import { Toasts } from '../ui/toasts';
import { Dialogs } from './dialogs';
import { SignIn } from './signin/signin';
import { Expired } from './signin/expired';
import { TopBar } from './topbar';
import { Banners } from './banners';
import { Desk } from './desk';
import { TeamPage } from './team/team';
import { ApprovalsPage } from './approvals/approvals';
import { BlockedPage } from './compliance/blocked';
import { ReportPage } from './report/report';

export function App() {
  switch (phase.value) {
    case 'starting':
      return (
        <main class="lone">
          <Bones rows={3} label="Opening the desk" />
        </main>
      );
    case 'broken':
      return (
        <main class="lone">
          <Empty icon="offline" title="The desk can’t reach the server">
            <p>{trouble.value}</p>
            <Button kind="primary" onClick={() => void start()}>
              Try again
            </Button>
          </Empty>
        </main>
      );
    case 'out':
      return <SignIn />;
    default:
      return (
        <>
          <a
            class="skip"
            href="#main"
            onClick={(e) => {
              e.preventDefault();
              document.getElementById('main')?.focus();
            }}
          >
            Skip to the work
          </a>
          <TopBar />
          <Banners />
          <main id="main" class={`page-${page.value}`} tabIndex={-1}>
            <Here />
          </main>
          <Dialogs />
          {phase.value === 'expired' && <Expired />}
          <Toasts />
        </>
      );
  }
}

function Here() {
  switch (page.value) {
    case 'team':
      return <TeamPage />;
    case 'approvals':
      return <ApprovalsPage />;
    case 'blocked':
      return <BlockedPage />;
    case 'report':
      return <ReportPage />;
    default:
      if (!reads.value)
        return seesReport.value ? (
          <ReportPage />
        ) : (
          <Empty icon="lock" title="Your role reads no conversations">
            Ask an administrator if it should.
          </Empty>
        );
      return <Desk />;
  }
}
