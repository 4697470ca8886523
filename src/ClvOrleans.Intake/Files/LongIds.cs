using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Files;

/// <summary>
/// Tells whether a spreadsheet has rounded the ids of a column: it keeps 15 digits and sets the others to zero. One id may end so by
/// chance; where all long ones of a column do, and end in many zeros together, they were rounded.
/// </summary>
internal sealed class LongIds
{
    private const int SpreadsheetDigits = 15;
    private const int ManyZeros = 6;

    private readonly HashSet<string> _zeroed = new(StringComparer.Ordinal);
    private int _zeros;
    private bool _isWhole;

    /// <summary>Whether the column is known to be whole, or no id yet looks rounded.</summary>
    public bool IsTold => _isWhole || _zeroed.Count == 0;

    /// <summary>Whether the ids were rounded.</summary>
    public bool AreRounded => !_isWhole && _zeros >= ManyZeros;

    /// <summary>Looks at the next id.</summary>
    public void Look(string id)
    {
        if (_isWhole || id.Length <= SpreadsheetDigits || id.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return;
        }

        if (!IdRules.EndsAsRounded(id))
        {
            _isWhole = true;
        }
        else if (_zeros < ManyZeros && _zeroed.Add(id))
        {
            _zeros += id.Length - id.TrimEnd('0').Length;
        }
    }
}
