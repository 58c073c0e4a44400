/** Icons as inline SVG strokes on a 16-pixel grid; they take the text colour and need no font. */

const PATHS = {
  add: 'M8 3v10M3 8h10',
  arrow: 'M3 8h9.5M8.5 4l4 4-4 4',
  check: 'M3 8.6l3.3 3.3L13 4.9',
  chevron: 'M6 3.5L10.5 8 6 12.5',
  circle: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11z',
  clock: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM8 5v3.3l2.2 1.4',
  close: 'M4 4l8 8M12 4l-8 8',
  compare: 'M6 3H2.5v10H6M10 3h3.5v10H10M8 1.8v12.4',
  cut: 'M3 4h10M3 8h6.5M3 12h3M12 9.5v.01M12 12v.01',
  document: 'M4 2.5h5L12.5 6v7.5H4zM9 2.5V6h3.5',
  edit: 'M3 13l.7-3L10.4 3.3l2.3 2.3L6 12.3zM9 4.7L11.3 7',
  error: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM8 5.2v3.4M8 10.7v.01',
  export: 'M8 2.5v7.3M5 7l3 3 3-3M3 11v2.5h10V11',
  gain: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM8 11V5.4M5.6 7.6L8 5.2l2.4 2.4',
  highlight: 'M2.5 13.5h11M6 11.2L4.3 9.5l6.2-6.3 2.6 2.6-6.3 6.2zM4.3 9.5l-.8 3 2.5-1.3',
  layers: 'M8 2.8l5.5 2.8L8 8.4 2.5 5.6zM2.5 8.2L8 11l5.5-2.8M2.5 10.7L8 13.5l5.5-2.8',
  info: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM8 7.4v3.4M8 5.2v.01',
  loading: 'M8 2.5a5.5 5.5 0 1 1-5.5 5.5',
  link: 'M9 3h4v4M13 3L7.5 8.5M11.5 9.5v3.5H3V4.5h3.5',
  loss: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM8 5v5.6M5.6 8.4L8 10.8l2.4-2.4',
  mask: 'M2 4.8h12v6.4H2zM5 8v.01M8 8v.01M11 8v.01',
  mixed:
    'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM6.2 10.6V5.8M4.6 7.3l1.6-1.6 1.6 1.6M9.8 5.4v4.8M8.2 8.7l1.6 1.6 1.6-1.6',
  next: 'M3.5 5.5L8 10l4.5-4.5',
  none: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM5.3 8h5.4',
  pass: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM5.4 8.2l1.9 1.9 3.4-3.8',
  play: 'M5 3.2v9.6L12.5 8z',
  previous: 'M3.5 10.5L8 6l4.5 4.5',
  refresh: 'M13 8a5 5 0 1 1-1.5-3.6L13 6M13 2.8V6H9.8',
  search: 'M7 2.8a4.2 4.2 0 1 1 0 8.4 4.2 4.2 0 0 1 0-8.4zM10.1 10.1l3.4 3.4',
  sorted: 'M8 12.5v-9M4.5 7L8 3.5 11.5 7',
  warning: 'M8 2.6l6 10.6H2zM8 6.6v3.2M8 11.6v.01',
} as const;

export type IconName = keyof typeof PATHS;

interface IconProps {
  readonly name: IconName;
  /** Says what the icon means where no text beside it does. */
  readonly label?: string;
  readonly class?: string;
  readonly slot?: string;
}

export function Icon({ name, label, class: className, slot }: IconProps) {
  const naming =
    label === undefined ? { 'aria-hidden': true } : { role: 'img' as const, 'aria-label': label };
  return (
    <svg
      class={`icon icon-${name} ${className ?? ''}`}
      slot={slot}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.3"
      stroke-linecap="round"
      stroke-linejoin="round"
      {...naming}
    >
      {label !== undefined && <title>{label}</title>}
      <path d={PATHS[name]} />
    </svg>
  );
}
