/** Files from the page to the person's computer. */
export function saveFile(name: string, content: Blob): void {
  const anchor = document.createElement('a'), url = URL.createObjectURL(content);
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
