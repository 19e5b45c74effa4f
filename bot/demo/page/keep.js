// Changes a list in place: what stays is neither redrawn nor moved, so that whoever is in it keeps
// their focus, their caret and what they have typed.

export function keep(parent, items, key, draw, content = JSON.stringify) {
  const old = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const wanted = items.map((item) => {
    const [id, holds] = [key(item), content(item)];
    const kept = old.get(id);
    if (kept?.holds === holds) return kept;
    const node = draw(item);
    node.dataset.key = id;
    node.holds = holds;
    return node;
  });
  const staying = new Set(wanted);
  for (const node of [...parent.children]) if (!staying.has(node)) node.remove();
  wanted.forEach((node, index) => {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
  });
}
