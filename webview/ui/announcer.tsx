/** Says a change aloud to screen readers without moving the focus. */
export function Announcer({ message }: { readonly message: string }) {
  return (
    <div class="visually-hidden" role="status" aria-live="polite">
      {message}
    </div>
  );
}
