import { note, whisper } from '../../state/actions';
import { type, typedIn } from '../../state/typed';
import { Button } from '../../ui/kit';
import { Icon } from '../../ui/icon';

/** A note to colleagues, or a whisper to the agent. It has its own field and its own button: it can't go to the person. */
export function Aside({ id, kind }: { id: string; kind: 'note' | 'whisper' }) {
  const text = typedIn(id)[kind];
  const save = async () => {
    const t = text.trim();
    if (t && (await (kind === 'note' ? note(t) : whisper(t)))) type(id, { [kind]: '' });
  };
  return (
    <div class="aside">
      <p class="aside-say">
        <Icon name="lock" size={14} />{' '}
        {kind === 'note'
          ? 'Seen by colleagues only. Never sent to the person.'
          : 'Seen by the agent only. Never sent to the person, and recorded.'}
      </p>
      <textarea
        data-focus="note"
        rows={3}
        aria-label={kind === 'note' ? 'Private note' : 'Whisper'}
        value={text}
        onInput={(e) => type(id, { [kind]: e.currentTarget.value })}
        onKeyDown={(e) => {
          if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) {
            e.preventDefault();
            void save();
          }
        }}
      />
      <div class="send-line">
        <span class="grow" />
        <Button kind="primary" icon={kind === 'note' ? 'note' : 'hand'} disabled={!text.trim()} onClick={() => void save()}>
          {kind === 'note' ? 'Save note' : 'Whisper'}
        </Button>
      </div>
    </div>
  );
}
