// Rows of a table that stay the same elements while what they tell changes: focus is not lost, and
// nothing is read out anew.

const cell = (tag, text, kind) => {
  const element = document.createElement(tag);
  element.textContent = text;
  if (kind) {
    element.className = kind;
  }
  return element;
};

export class Rows {
  // columns: { kind, button } each; the first is the row's header, and may be a button.
  constructor(body, columns, choose = null) {
    this.body = body;
    this.columns = columns;
    this.choose = choose;
    this.rows = new Map();
  }

  // items: { key, cells: texts, chosen, label }
  show(items) {
    const keep = new Set(items.map((item) => item.key));
    for (const [key, row] of this.rows) {
      if (!keep.has(key)) {
        row.remove();
        this.rows.delete(key);
      }
    }
    let place = this.body.firstElementChild;
    for (const item of items) {
      let row = this.rows.get(item.key);
      if (!row) {
        row = this.made(item);
        this.rows.set(item.key, row);
      }
      if (row === place) {
        place = place.nextElementSibling;
      } else {
        this.body.insertBefore(row, place);
      }
      this.fill(row, item);
    }
  }

  made(item) {
    const row = document.createElement('tr');
    this.columns.forEach(({ kind }, i) => {
      const element = cell(i === 0 ? 'th' : 'td', '', kind);
      if (i === 0) {
        element.scope = 'row';
        if (this.choose) {
          const button = cell('button', '');
          button.type = 'button';
          button.addEventListener('click', () => this.choose(item.key));
          element.append(button);
        }
      }
      row.append(element);
    });
    return row;
  }

  fill(row, { cells, chosen, label }) {
    cells.forEach((text, i) => {
      const element = i === 0 && this.choose ? row.cells[0].firstChild : row.cells[i];
      if (element.textContent !== text) {
        element.textContent = text;
      }
    });
    if (this.choose) {
      const button = row.cells[0].firstChild;
      button.setAttribute('aria-pressed', String(Boolean(chosen)));
      if (label) {
        button.setAttribute('aria-label', label);
      }
      row.classList.toggle('chosen', Boolean(chosen));
    }
  }
}
