import { commands, type Command } from '../../state/commands';
import { singleKeys } from '../../state/prefs';
import { Dialog } from '../../ui/dialog';
import { Kbd } from '../../ui/kit';

const groups: Command['group'][] = ['Move', 'Conversation', 'Write', 'Desk'];

export function Help() {
  return (
    <Dialog title="Keys" wide>
      <label class="switch">
        <input
          type="checkbox"
          checked={singleKeys.value}
          onChange={(e) => {
            singleKeys.value = e.currentTarget.checked;
          }}
        />{' '}
        <span>
          Single letters are shortcuts <span class="soft">(switch off if they get in your way; keys with Ctrl stay)</span>
        </span>
      </label>
      <div class="keys">
        {groups.map((g) => (
          <section key={g}>
            <h3>{g}</h3>
            <dl>
              {commands
                .filter((c) => c.group === g && c.keys)
                .map((c) => (
                  <div key={c.id}>
                    <dt>
                      <Kbd>{c.keys!}</Kbd>
                    </dt>
                    <dd>{c.label}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
        <section>
          <h3>Everywhere</h3>
          <dl>
            <div>
              <dt>
                <Kbd>Enter</Kbd>
              </dt>
              <dd>Open what is focused</dd>
            </div>
            <div>
              <dt>
                <Kbd>Esc</Kbd>
              </dt>
              <dd>Back one step</dd>
            </div>
            <div>
              <dt>
                <Kbd>Tab</Kbd>
              </dt>
              <dd>Next part</dd>
            </div>
          </dl>
        </section>
      </div>
    </Dialog>
  );
}
