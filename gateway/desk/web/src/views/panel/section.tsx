import type { ComponentChildren } from 'preact';

/** A part of the margin, with its heading and what stands beside it. */
export function Section({ title, children, aside }: { title: string; children: ComponentChildren; aside?: ComponentChildren }) {
  return (
    <section class="sect">
      <h2>
        {title}
        {aside}
      </h2>
      {children}
    </section>
  );
}
