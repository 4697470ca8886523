using System.Text.RegularExpressions;
using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Intake.Rules;

/// <summary>What can be the id of a customer or an order.</summary>
public static partial class IdRules
{
    /// <summary>The most characters (UTF-16) that an id may have.</summary>
    public const int Longest = CustomerId.MaxLength;

    private const int NilUuidDigits = 32;

    /// <summary>
    /// The id of a text: trimmed, otherwise as it is. Null where the text is missing or blank, without a refusal: whether an id is needed
    /// is
    /// for the door to say (<see cref="Missing"/>).
    /// </summary>
    /// <param name="text">What was sent.</param>
    /// <param name="kind">What it is the id of.</param>
    /// <param name="field">The field or column, for the message.</param>
    /// <param name="refusal">
    /// Why it cannot count: longer than 255 characters; U+0000, which PostgreSQL cannot hold; U+FFFD, which stands for characters that were
    /// lost, so that two ids may look alike; a placeholder, which would join strangers; a number in scientific notation, which was rounded.
    /// </param>
    public static string? Read(string? text, IdKind kind, string field, out Refusal? refusal)
    {
        refusal = null;
        var id = text?.Trim();
        if (string.IsNullOrEmpty(id))
        {
            return null;
        }

        refusal = Flaw(id, kind == IdKind.Order ? RuleCodes.InvalidOrder : RuleCodes.InvalidCustomer, field)
            ?? Placeholder(id, kind, field)
            ?? Rounded(id, field);
        return id;
    }

    /// <summary>The refusal of what names no customer or order.</summary>
    public static Refusal Missing(IdKind kind, string field) =>
        new(kind == IdKind.Order ? RuleCodes.MissingOrder : RuleCodes.MissingCustomer, $"{field} is missing.");

    /// <summary>Why nothing at all can be identified so; null where it can.</summary>
    internal static Refusal? Flaw(string id, string code, string field, int longest = Longest) =>
        id.Length > longest ? new Refusal(code, $"{field} is longer than {longest} characters.")
        : id.Contains('\0', StringComparison.Ordinal) ? new Refusal(code, $"{field} holds U+0000.")
        : id.Contains('\uFFFD', StringComparison.Ordinal) ? new Refusal(
            code,
            $"{field} is not valid Unicode: it holds half of a surrogate pair, bytes that are not of the text's encoding "
                + "(UTF-8 unless it says otherwise), or U+FFFD.")
        : null;

    /// <summary>The refusal of a placeholder; null where it is none. An order may be the one with the number 0, or 0-0.</summary>
    public static Refusal? Placeholder(string id, IdKind kind, string field) =>
        !PlaceholderIds.IsPlaceholder(id) ? null
        : kind != IdKind.Order ? new Refusal(
            RuleCodes.PlaceholderCustomer, $"{field} '{id}' is a placeholder: accepting it would merge unrelated customers.")
        : IsNumberOfZeros(id) ? null
        : new Refusal(RuleCodes.PlaceholderOrder, $"{field} '{id}' is a placeholder: all orders that have it would count as one.");

    // Shops number orders from 0 on, also within another number. The nil UUID is longer.
    private static bool IsNumberOfZeros(string id) => id[0] == '0' && id.Length < NilUuidDigits && id.AsSpan().Trim("0-").IsEmpty;

    /// <summary>The refusal of a number in scientific notation, as spreadsheets and programs write it; null where it is none.</summary>
    public static Refusal? Rounded(string id, string field) => !id.AsSpan().ContainsAny('e', 'E') || !Scientific().IsMatch(id)
        ? null
        : new Refusal(
            RuleCodes.RoundedId,
            $"{field} '{id}' is a number that a spreadsheet or a program has rounded: different ids may have become the same. "
                + "Export it as text.");

    /// <summary>
    /// Whether an id looks like a number of more than 15 digits whose last ones a spreadsheet has set to zero. One id alone may be so by
    /// chance; where all long ones of a column are, they were rounded.
    /// </summary>
    public static bool EndsAsRounded(string id) => id.Length > 15 && id.All(char.IsAsciiDigit) && id.AsSpan(15).TrimEnd('0').IsEmpty;

    // 7.0123E+12 of spreadsheets, 7.0123e+12 of pandas, 7.0123E12 of Java. 12e45 and 1E5 may be ids.
    [GeneratedRegex(@"^[+-]?([0-9]{1,3}([.,][0-9]+)?[eE]\+[0-9]{1,3}|[0-9][.,][0-9]+[eE]-?[0-9]{1,3})$")]
    private static partial Regex Scientific();
}
