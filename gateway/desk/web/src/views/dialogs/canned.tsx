import { useEffect, useState } from 'preact/hooks';
import * as api from '../../api/calls';
import { words } from '../../api/http';
import type { Canned } from '../../api/types';
import { may } from '../../state/session';
import { Dialog } from '../../ui/dialog';
import { Bones, Button, Empty, Field, Notice, Tag } from '../../ui/kit';
import { cannedReplies, loadCanned } from '../composer/picker';

const scopes = { all: 'For everybody', team: 'For the team', mine: 'Only mine' };

/** Prepared replies: mine to change; those of all only for who may. */
export function CannedDialog() {
  const [edit, setEdit] = useState<Partial<Canned> | null>(null);
  const [error, setError] = useState('');
  useEffect(() => {
    loadCanned().catch((e) => setError(words(e)));
  }, []);
  const all = cannedReplies.value;
  const run = async (f: () => Promise<unknown>) => {
    try {
      await f();
      await loadCanned();
      setEdit(null);
      setError('');
    } catch (e) {
      setError(words(e));
    }
  };
  const mayChange = (c: Canned) => !c.locked && (c.scope === 'mine' || may('canned:write'));
  return (
    <Dialog title="Prepared replies" wide>
      {error && (
        <Notice tone="stop" alert>
          {error}
        </Notice>
      )}
      {edit ? (
        <Editor c={edit} onSave={(c) => void run(() => api.canned.save(c))} onCancel={() => setEdit(null)} />
      ) : (
        <div class="stack">
          {!all && !error && <Bones rows={4} />}
          {all?.length === 0 && (
            <Empty icon="note" title="None yet">
              Make one, then insert it in a reply with a slash and its short name.
            </Empty>
          )}
          <ul class="made">
            {all?.map((c) => (
              <li key={c.id}>
                <p class="row">
                  <b>/{c.shortcut}</b> <span class="grow">{c.title}</span>{' '}
                  <Tag icon={c.locked ? 'lock' : undefined}>{scopes[c.scope] ?? c.scope}</Tag>
                  {mayChange(c) && (
                    <>
                      <Button icon="pen" kind="quiet" label={`Change ${c.shortcut}`} onClick={() => setEdit(c)} />
                      <Button
                        icon="close"
                        kind="quiet"
                        label={`Remove ${c.shortcut}`}
                        onClick={() => void run(() => api.canned.remove(c.id))}
                      />
                    </>
                  )}
                </p>
                <p class="soft">{c.text}</p>
              </li>
            ))}
          </ul>
          <footer class="dialog-foot">
            <Button
              kind="primary"
              icon="plus"
              onClick={() => setEdit({ scope: 'mine', language: 'en', shortcut: '', title: '', text: '' })}
            >
              New reply
            </Button>
          </footer>
        </div>
      )}
    </Dialog>
  );
}

function Editor({ c, onSave, onCancel }: { c: Partial<Canned>; onSave: (c: Partial<Canned>) => void; onCancel: () => void }) {
  const [v, set] = useState(c);
  const change = (more: Partial<Canned>) => set({ ...v, ...more });
  return (
    <form
      class="stack"
      onSubmit={(e) => {
        e.preventDefault();
        onSave(v);
      }}
    >
      <Field id="canned-shortcut" label="Short name" help="Typed after a slash, such as hours">
        <input
          id="canned-shortcut"
          required
          pattern="[a-z0-9_\-]{1,32}"
          title="Small letters, digits, - and _"
          value={v.shortcut}
          onInput={(e) => change({ shortcut: e.currentTarget.value })}
        />
      </Field>
      <Field id="canned-title" label="Title">
        <input id="canned-title" required value={v.title} onInput={(e) => change({ title: e.currentTarget.value })} />
      </Field>
      <Field id="canned-text" label="Text">
        <textarea id="canned-text" required rows={4} value={v.text} onInput={(e) => change({ text: e.currentTarget.value })} />
      </Field>
      <div class="row wrap">
        <Field id="canned-language" label="Language">
          <select id="canned-language" value={v.language} onChange={(e) => change({ language: e.currentTarget.value })}>
            <option value="en">English</option>
            <option value="es">Spanish</option>
          </select>
        </Field>
        {may('canned:write') && (
          <Field id="canned-scope" label="For">
            <select id="canned-scope" value={v.scope} onChange={(e) => change({ scope: e.currentTarget.value as Canned['scope'] })}>
              {Object.entries(scopes).map(([k, label]) => (
                <option key={k} value={k}>
                  {label}
                </option>
              ))}
            </select>
          </Field>
        )}
        {v.scope === 'team' && (
          <Field id="canned-team" label="Portfolio">
            <input id="canned-team" required value={v.portfolio ?? ''} onInput={(e) => change({ portfolio: e.currentTarget.value })} />
          </Field>
        )}
      </div>
      <footer class="dialog-foot">
        <Button onClick={onCancel}>Cancel</Button>
        <Button kind="primary" type="submit">
          Save
        </Button>
      </footer>
    </form>
  );
}
