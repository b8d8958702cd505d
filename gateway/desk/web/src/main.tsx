import { render } from 'preact';
import '../../../../channels/webchat/assets/tokens.css';
import './style/base.css';
import './style/parts.css';
import './style/layout.css';
import './style/queue.css';
import './style/talk.css';
import './style/composer.css';
import './style/panel.css';
import './style/pages.css';
import './style/narrow.css';
import './state/commands';
import './state/socket';
import './state/idle';
import { start } from './state/session';
import { App } from './views/app';

render(<App />, document.getElementById('app')!);
void start();
