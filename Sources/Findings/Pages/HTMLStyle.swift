/// How the page looks; colours of both themes keep a contrast of 4.5 to 1 (WCAG 2.1, AA).
enum HTMLStyle {
  static let sheet = """
    :root { color-scheme: light dark; --ink: #1c2024; --soft: #5b646d; --paper: #f6f7f8;
      --card: #fff; --line: #d8dde2; --code: #eef1f4; --error: #b42318; --warning: #8a5a00;
      --note: #1d5fa8; --good: #1a6b3c; --mark: #ffe08a; --mark-ink: #1c2024 }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e6e9ec; --soft: #a2abb4; --paper: #14171a; --card: #1c2024;
        --line: #343a41; --code: #262b31; --error: #ff9a8f; --warning: #f2c14e; --note: #8fc1ff;
        --good: #7fd6a2; --mark: #6b5200; --mark-ink: #fff }
    }
    * { box-sizing: border-box }
    body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem; color: var(--ink);
      background: var(--paper); font: 16px/1.5 system-ui, sans-serif }
    h1 { margin: 0; font-size: 1.6rem }
    header p, footer, .place { color: var(--soft) }
    header p { margin: .25rem 0 1.5rem }
    article, section, details { margin: 0 0 1rem; padding: 1rem; background: var(--card);
      border: 1px solid var(--line); border-left: 4px solid var(--line); border-radius: 6px }
    article.error, section.broken { border-left-color: var(--error) }
    article.warning { border-left-color: var(--warning) }
    section.passed { border-left-color: var(--good) }
    article.note { border-left-color: var(--note) }
    h2 { margin: 0 0 .25rem; font-size: 1.05rem; overflow-wrap: anywhere }
    p { margin: .5rem 0; overflow-wrap: anywhere }
    .place { font-size: .875rem }
    .badge { font-weight: 600 }
    .error .badge { color: var(--error) }
    .warning .badge { color: var(--warning) }
    .note .badge { color: var(--note) }
    code, pre, .path { font-family: ui-monospace, "DejaVu Sans Mono", monospace }
    code, .path { font-size: .875em; overflow-wrap: anywhere }
    pre { margin: .5rem 0; padding: .6rem .75rem; overflow-x: auto; background: var(--code);
      border-radius: 4px; font-size: .875rem; line-height: 1.45 }
    pre .number { display: inline-block; margin-right: 1rem; color: var(--soft);
      user-select: none }
    mark { padding: 0 1px; color: var(--mark-ink); background: var(--mark);
      border-bottom: 2px solid currentColor }
    del, ins { text-decoration: none }
    del { color: var(--error) }
    ins { color: var(--good) }
    ul { margin: .5rem 0 0; padding-left: 1.25rem }
    li { margin: .25rem 0; overflow-wrap: anywhere }
    .links { font-size: .875rem }
    a { color: var(--note) }
    summary { cursor: pointer; font-weight: 600 }
    footer { font-size: .8125rem; overflow-wrap: anywhere }
    @media print { body { max-width: none; background: none } article { break-inside: avoid } }
    """
}
