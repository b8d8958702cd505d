// Money comes as a decimal string and is shown as one: it never passes through a float.

export interface Money {
  amount: string;
  currency?: string;
}

/** "1240.00" → "$1,240.00"; another currency stands after the figure. */
export function money(m: Money | string | null | undefined): string {
  if (m === null || m === undefined) return '';
  const amount = typeof m === 'string' ? m : m.amount;
  const currency = typeof m === 'string' ? 'USD' : m.currency || 'USD';
  const parts = /^(-?)(\d+)(\.\d+)?$/.exec(amount);
  if (!parts) return amount;
  const whole = parts[2]!.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  const cents = ((parts[3] ?? '.') + '00').slice(0, 3);
  return currency === 'USD' ? `${parts[1]}$${whole}${cents}` : `${parts[1]}${whole}${cents} ${currency}`;
}

/** What a person typed as an amount → "1240.00", or "" when it isn't one. */
export function parseMoney(typed: string): string {
  const s = typed
    .trim()
    .replace(/^\$/, '')
    .replace(/,(?=\d{3}(\D|$))/g, '');
  const parts = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(s);
  if (!parts) return '';
  return `${Number(parts[1])}.${(parts[2] ?? '').padEnd(2, '0')}`;
}
