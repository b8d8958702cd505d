// The one set of icons: 24 by 24, drawn in lines, in the colour of the text beside them.

const paths = {
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c1-4 4-6 8-6s7 2 8 6',
  bot: 'M5 8h14v11H5zM12 8V4M9 13v1M15 13v1M2 12v3M22 12v3',
  agent: 'M4 14v-2a8 8 0 0 1 16 0v2M4 14h3v5H5a1 1 0 0 1-1-1zM20 14h-3v5h2a1 1 0 0 0 1-1zM20 18c0 2-3 3-6 3',
  sms: 'M8 2h8a2 2 0 0 1 2 2v16a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2zM11 18h2',
  webchat: 'M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z',
  voice: 'M6 3h3l2 5-2.5 2a12 12 0 0 0 5.500 5.500L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z',
  webhook: 'M9 3v5M15 3v5M6 8h12v4a6 6 0 0 1-12 0zM12 18v4',
  mail: 'M3 6h18v12H3zM3 7l9 7 9-7',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 2',
  alert: 'M12 4l9 16H3zM12 10v4M12 17v.5',
  stop: 'M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 8v5M12 16v.5',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5M12 8v.5',
  check: 'M5 13l4 4L19 7',
  checks: 'M2 13l4 4L15 8M12 16l1 1L22 8',
  note: 'M5 3h14v12l-6 6H5zM13 21v-6h6M8 8h8M8 12h5',
  lock: 'M6 11h12v9H6zM8 11V8a4 4 0 0 1 8 0v3',
  eye: 'M2 12c3-5 6-7 10-7s7 2 10 7c-3 5-6 7-10 7s-7-2-10-7zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5',
  close: 'M6 6l12 12M18 6L6 18',
  down: 'M6 9l6 6 6-6',
  left: 'M15 5l-7 7 7 7',
  newest: 'M12 5v14M6 13l6 6 6-6',
  send: 'M4 12l16-8-5 16-3-7z',
  pen: 'M4 20l1-5L16 4l4 4L9 19z',
  scale: 'M12 3v18M7 21h10M5 7h14M5 7l-3 7h6zM19 7l-3 7h6z',
  shield: 'M12 3l8 3v6c0 5-3 8-8 9-5-1-8-4-8-9V6z',
  bell: 'M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4',
  mute: 'M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4M3 3l18 18',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.500 1.500M17.500 17.500L19 19M19 5l-1.500 1.500M6.500 17.500L5 19',
  moon: 'M20 14A8 8 0 0 1 10 4a8 8 0 1 0 10 10z',
  half: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 3v18M15 5v14M18 7v10',
  keys: 'M3 6h18v12H3zM7 10v.5M11 10v.5M15 10v.5M8 14h8',
  users: 'M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM2 21c.500-4 3-6 7-6s6.500 2 7 6M16 4a4 4 0 0 1 0 7M18 15c2 .500 3.500 2.500 4 6',
  inbox: 'M4 4h16v16H4zM4 14h5l1 2h4l1-2h5',
  chart: 'M4 4v16h16M8 16v-4M12 16V8M16 16v-6',
  flag: 'M5 21V4h13l-3 4 3 4H5',
  transfer: 'M4 8h14M14 4l4 4-4 4M20 16H6M10 12l-4 4 4 4',
  undo: 'M9 6L4 11l5 5M4 11h10a6 6 0 0 1 0 9h-2',
  offline: 'M3 3l18 18M5 10a10 10 0 0 1 4-2.300M13 7a10 10 0 0 1 6 3M8 14a6 6 0 0 1 3-1.700M12 19v.5',
  steps: 'M4 6h4v4H4zM10 14h4v4h-4zM16 6h4v4h-4zM8 8h8M12 14V8',
  plus: 'M12 5v14M5 12h14',
  out: 'M10 4H4v16h6M15 8l4 4-4 4M19 12H9',
  file: 'M6 2h8l5 5v15H6zM14 2v5h5M9 13h7M9 17h7',
  hand: 'M7 12V6a1.500 1.500 0 0 1 3 0v5V4a1.500 1.500 0 0 1 3 0v7V5a1.500 1.500 0 0 1 3 0v8l1.500-2a1.500 1.500 0 0 1 2.500 2l-4 7c-1 1.500-2 2-4 2-4 0-6-2-6-6z',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}

/** A channel's icon, with a plug for one an integrator brought. */
export const channelIcon = (channel: string): IconName => (channel in paths ? (channel as IconName) : 'webhook');
