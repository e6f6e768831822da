// Players and cursors by name. They are two components, hence two instances of every module: they meet on globalThis.

export function registry() {
  return (globalThis.ulamStages ??= { players: new Map(), cursors: new Map() });
}
