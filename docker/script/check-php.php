<?php
// Functions that a script calls and that neither PHP nor a script of the folder defines: "line function", one a line. Reads them only, runs none.
[, $file, $folder] = $argv;

function names(string $file): array
{
    $skipped = [T_WHITESPACE, T_COMMENT, T_DOC_COMMENT];
    $tokens = array_values(array_filter(PhpToken::tokenize((string) file_get_contents($file)), fn ($t) => !$t->is($skipped)));
    $defined = $called = [];
    foreach ($tokens as $i => $token) {
        if (!$token->is([T_STRING, T_NAME_FULLY_QUALIFIED]) || ($tokens[$i + 1]->text ?? '') !== '(') continue;
        $before = $tokens[$i - 1] ?? null;
        $name = strtolower(ltrim($token->text, '\\'));
        $isReference = $before?->text === '&' && ($tokens[$i - 2] ?? null)?->is(T_FUNCTION);
        if ($before?->is(T_FUNCTION) || $isReference) $defined[$name] = true;
        elseif ($before === null || !$before->is([T_OBJECT_OPERATOR, T_NULLSAFE_OBJECT_OPERATOR, T_DOUBLE_COLON, T_NEW])) $called[] = [$token->line, $name];
    }
    return [$defined, $called];
}

[$defined, $called] = names($file);
foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator($folder, FilesystemIterator::SKIP_DOTS)) as $other) {
    if (preg_match('/\.(?:php\d?|inc|agi)$/', $other->getFilename())) $defined += names($other->getPathname())[0];
}
foreach ($called as [$line, $name]) {
    if (!isset($defined[$name]) && !function_exists($name)) echo "$line $name\n";
}
