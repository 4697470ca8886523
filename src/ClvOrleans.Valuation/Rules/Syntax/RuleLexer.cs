using System.Globalization;
using System.Text;

namespace ClvOrleans.Valuation.Rules.Syntax;

/// <summary>Cuts a rule into tokens.</summary>
internal sealed class RuleLexer(string text)
{
    /// <summary>How days are written.</summary>
    public const string DayForm = "yyyy-MM-dd";

    private static readonly string[] Signs =
        ["<=", ">=", "!=", "<>", "==", "&&", "||", "<", ">", "=", "+", "-", "*", "/", "(", ")", "[", "]", ","];
    private int _at;

    /// <summary>The next token. <exception cref="RuleException">There is none of the language.</exception></summary>
    public RuleToken Read()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }

        if (_at == text.Length)
        {
            return new RuleToken(RuleTokenKind.End, _at, "");
        }

        var c = text[_at];
        return c is '\'' or '"' ? ReadText(c)
            : char.IsAsciiDigit(c) ? ReadNumber()
            : char.IsLetter(c) || c == '_' ? ReadWord()
            : ReadSign();
    }

    private RuleToken ReadText(char quote)
    {
        var (start, value) = (_at++, new StringBuilder());
        for (; _at < text.Length; _at++)
        {
            if (text[_at] != quote)
            {
                value.Append(text[_at]);
            }
            else if (_at + 1 < text.Length && text[_at + 1] == quote)
            {
                value.Append(quote);
                _at++;
            }
            else
            {
                _at++;
                return new RuleToken(RuleTokenKind.Text, start, value.ToString());
            }
        }

        throw new RuleException($"The text that begins here has no end: close it with {quote}.", text, start);
    }

    private RuleToken ReadNumber()
    {
        var start = _at;
        if (text.Length - _at >= DayForm.Length
            && DateOnly.TryParseExact(text.AsSpan(_at, DayForm.Length), DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            _at += DayForm.Length;
            return new RuleToken(RuleTokenKind.Time, start, text[start.._at]);
        }

        ReadDigits();
        if (_at + 1 < text.Length && text[_at] == '.' && char.IsAsciiDigit(text[_at + 1]))
        {
            _at++;
            ReadDigits();
        }

        if (_at < text.Length && (char.IsLetter(text[_at]) || text[_at] is '_' or '.' or '%'))
        {
            throw new RuleException(
                text[_at] == '%'
                    ? "A share is a number from 0 to 1: write 0.4 for 40 %."
                    : $"'{text[start..(_at + 1)]}' is not a number, such as 12 or 12.5.",
                text, start);
        }

        return new RuleToken(RuleTokenKind.Number, start, text[start.._at]);
    }

    private void ReadDigits()
    {
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
        {
            _at++;
        }
    }

    private RuleToken ReadWord()
    {
        var start = _at;
        while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] is '_' or '.'))
        {
            _at++;
        }

        var word = text[start.._at];
        return new RuleToken(RuleTokenKind.Word, start, RuleWords.Reserved.TryGetValue(word, out var reserved) ? reserved : word);
    }

    private RuleToken ReadSign()
    {
        foreach (var sign in Signs)
        {
            if (string.CompareOrdinal(text, _at, sign, 0, sign.Length) == 0)
            {
                var start = _at;
                _at += sign.Length;
                return new RuleToken(RuleTokenKind.Sign, start, sign);
            }
        }

        var rune = Rune.TryGetRuneAt(text, _at, out var known)
            ? known.ToString()
            : "\\u" + ((int)text[_at]).ToString("x4", CultureInfo.InvariantCulture);
        throw new RuleException($"'{rune}' is not part of the rule language.", text, _at);
    }
}
