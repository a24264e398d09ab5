// Values as the legacy systems write them.
const YEAR_BEFORE = { M: 1867, T: 1911, S: 1925, H: 1988, R: 2018 }
const NOT_FOR_DISPLAY = /[\ue000-\uf8ff\ufffd\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g
const PADDING = /^[ \u3000]+|[ \u3000]+$/g

// What a person may be shown: no padding, full-width kana, 〓 for what cannot be shown.
export function shown (text) {
  return text.replace(PADDING, '').replace(NOT_FOR_DISPLAY, '〓').replace(/[\uff61-\uff9f]+/g, (kana) => kana.normalize('NFKC'))
}

export function number (text) {
  const figures = text.trim()
  return figures.endsWith('-') ? -Number(figures.slice(0, -1)) : Number(figures)
}

export function numberOrNull (text) {
  return text.trim() === '' ? null : number(text)
}

export function day (text) {
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`
}

export function dayOrNull (text) {
  return text === '00000000' ? null : day(text)
}

export function time (text) {
  return `${day(text)}T${text.slice(8, 10)}:${text.slice(10, 12)}:${text.slice(12)}+09:00`
}

export function eraDay (text) {
  const typed = text.normalize('NFKC').trim().toUpperCase()
  if (typed === '' || typed === '0000000') return null
  const year = YEAR_BEFORE[typed[0]] + Number(typed.slice(1, 3))
  return `${year}-${typed.slice(3, 5)}-${typed.slice(5)}`
}

export function personName (text) {
  return shown(text).split(/\s+/).join(' ')
}

// Today in Japan, as YYYYMMDD.
export function today () {
  return new Date(Date.now() + 9 * 3600_000).toISOString().slice(0, 10).replaceAll('-', '')
}

// A global id or a cursor.
export function opaque (...parts) {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}
