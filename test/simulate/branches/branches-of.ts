import ts from 'typescript'

/** A branch by what proves it: it was taken when `taken` ran, and more often than `besides`. */
export type Branch = { name: string; taken: number; besides?: number }

/**
 * Every branch of a file: functions entered, both ways of each condition, the cases of a switch, what is
 * caught. Left out is what only leads to `throw new Error`: a bug by the house's rule, which no history
 * may reach; one that does breaks a law.
 */
export function branchesOf(text: string): Branch[] {
  const file = ts.createSourceFile('run.js', text, ts.ScriptTarget.ES2022, true)
  const found: Branch[] = []
  const add = (node: ts.Node, kind: string, taken: ts.Node, besides?: ts.Node) =>
    found.push({
      name: `${kind} ${snippet(node)}`,
      taken: startOf(taken),
      ...(besides && { besides: startOf(besides) }),
    })

  function visit(node: ts.Node): void {
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined)
      add(node, 'call', node.body as ts.Node)
    else if (ts.isIfStatement(node)) {
      if (isBug(node.thenStatement)) {
        if (node.elseStatement) visit(node.elseStatement)
        return
      }
      add(node.expression, 'if', node.thenStatement)
      if (node.elseStatement) add(node.expression, 'else of', node.elseStatement)
      else add(node.expression, 'else of', node, node.thenStatement)
    } else if (ts.isConditionalExpression(node)) {
      add(node, 'yes of', node.whenTrue)
      add(node, 'no of', node.whenFalse)
    } else if (ts.isBinaryExpression(node) && SHORT.has(node.operatorToken.kind)) {
      add(node, 'right of', node.right)
      add(node, 'left alone of', node, node.right)
    } else if (ts.isCaseOrDefaultClause(node)) add(node, 'case', node)
    else if (ts.isCatchClause(node)) add(node, 'catch', node.block)
    ts.forEachChild(node, visit)
  }
  for (const top of moduleOf(file)) if (isOwn(top)) visit(top)
  return found
}

/** Where a node begins, its parentheses aside. */
function startOf(node: ts.Node): number {
  return ts.isParenthesizedExpression(node) ? startOf(node.expression) : node.getStart()
}

const SHORT = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
])

/** `throw new Error(…)`, alone or in braces. */
function isBug(statement: ts.Statement): boolean {
  if (ts.isBlock(statement))
    return statement.statements.length === 1 && statement.statements.every(isBug)
  if (!ts.isThrowStatement(statement)) return false
  const thrown = statement.expression
  return ts.isNewExpression(thrown) && thrown.expression.getText() === 'Error'
}

/** A loader may put the whole module into a function that it calls at once. */
function moduleOf(file: ts.SourceFile): readonly ts.Statement[] {
  for (const statement of file.statements) {
    const call = ts.isExpressionStatement(statement) && statement.expression
    if (!call || !ts.isCallExpression(call)) continue
    const called = ts.isParenthesizedExpression(call.expression) && call.expression.expression
    if (called && ts.isArrowFunction(called) && ts.isBlock(called.body))
      return called.body.statements
  }
  return file.statements
}

/** What a compiler puts around a module is nobody’s branch. */
function isOwn(statement: ts.Statement): boolean {
  if (ts.isFunctionDeclaration(statement)) return true
  if (!ts.isVariableStatement(statement)) return false
  return statement.declarationList.declarations.every(
    ({ name }) => !name.getText().startsWith('__'),
  )
}

function snippet(node: ts.Node): string {
  const text = node
    .getText()
    .replace(/\s+/g, ' ')
    .replace(/\(0,import_\w+\.(\w+)\)/g, '$1')
  return text.length > 70 ? `${text.slice(0, 67)}…` : text
}
