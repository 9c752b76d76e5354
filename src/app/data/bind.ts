/** Where files come into the page: the picker, and a drop anywhere. */

/** Picker and drop zone; `onFiles` gets what comes together. */
export function bindFiles(
  picker: HTMLInputElement,
  zone: HTMLElement,
  onFiles: (files: readonly File[]) => void,
): void {
  picker.addEventListener('change', () => {
    const files = [...(picker.files ?? [])];
    if (files.length > 0) onFiles(files);
    picker.value = '';
  });
  const show = (visible: boolean) => (event: DragEvent) => {
    event.preventDefault();
    zone.hidden = !visible;
  };
  addEventListener('dragover', show(true));
  addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) zone.hidden = true;
  });
  addEventListener('drop', (event) => {
    show(false)(event);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) onFiles(files);
  });
}
