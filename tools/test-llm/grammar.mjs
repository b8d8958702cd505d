// Turns a JSON schema into a grammar (GBNF) for llama.cpp: what providers call
// structured output. The text is compact, in the order of the schema's properties,
// and bounded, because a very small model closes neither a list nor a text by itself.

const LIST = 2 // items of a list
const TEXT = 40 // characters of a text
const LONG = 260 // characters of the text meant for a person

/** grammar is the GBNF of a schema made of objects, lists, texts, enums and numbers. */
export function grammar(schema) {
  const rules = new Map([
    ['char', String.raw`[^"\\<>\x00-\x1F] | "\\" ["\\n]`],
    ['date', String.raw`"\"" ("20" [0-9][0-9] "-" [0-1] [0-9] "-" [0-3] [0-9])? "\""`],
    ['number', '"0" ("." [0-9] [0-9]?)? | "1"'],
  ])
  const root = rule(schema, 'answer', rules)
  return `root ::= ${root}\n` + [...rules].map(([name, body]) => `${name} ::= ${body}`).join('\n') + '\n'
}

const literal = (text) => JSON.stringify(text)

function rule(schema, name, rules) {
  if (schema.enum) return add(rules, name, schema.enum.map((v) => literal(JSON.stringify(v))).join(' | '))
  switch (schema.type) {
    case 'object': {
      const fields = Object.entries(schema.properties).map(([key, value], i) =>
        literal((i > 0 ? ',' : '') + JSON.stringify(key) + ':') + ' ' + rule(value, `${name}-${key}`, rules))
      return add(rules, name, `"{" ${fields.join(' ')} "}"`)
    }
    case 'array': {
      const item = rule(schema.items, `${name}-item`, rules)
      return add(rules, name, `"[" (${item} ("," ${item}){0,${LIST - 1}})? "]"`)
    }
    case 'number':
      return 'number'
    case 'string':
      if (name.endsWith('-date')) return 'date'
      return add(rules, name, name.endsWith('-reply') ? `"\\"" char{1,${LONG}} "\\""` : `"\\"" char{0,${TEXT}} "\\""`)
  }
  throw new Error(`a schema of type ${schema.type} is not known here`)
}

function add(rules, name, body) {
  const plain = name.replace(/[^a-zA-Z0-9-]/g, '-')
  rules.set(plain, body)
  return plain
}
