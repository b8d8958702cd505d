import { dismiss, toasts } from '../state/toast';
import { Button } from './kit';
import { Icon } from './icon';

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((t) => (
        <div key={t.id} class={`toast ${t.tone}`}>
          <Icon name={t.tone === 'ok' ? 'check' : t.tone === 'warning' ? 'alert' : 'stop'} />
          <span class="grow">{t.text}</span>
          {t.action && (
            <Button
              onClick={() => {
                t.action!.run();
                dismiss(t.id);
              }}
            >
              {t.action.label}
            </Button>
          )}
          <Button icon="close" kind="quiet" label="Dismiss" onClick={() => dismiss(t.id)} />
        </div>
      ))}
    </div>
  );
}
