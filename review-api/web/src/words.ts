// The few words that scripts need, written by the server into the page in its language.

let words: Record<string, string> | undefined;

/** The message with this name, `{name}` places filled in; the name itself when it is missing. */
export function word(name: string, values: Record<string, string> = {}): string {
  words ??= JSON.parse(document.body.dataset["words"] ?? "{}") as Record<string, string>;
  let text = words[name] ?? name;
  for (const [key, value] of Object.entries(values)) text = text.replace(`{${key}}`, value);
  return text;
}

/** A number as people read it in the language of the page. */
export function digits(value: number): string {
  const text = String(value);
  if (document.documentElement.lang !== "fa") return text;
  return text.replace(/\d/g, (digit) => String.fromCharCode(0x06f0 + Number(digit)));
}
