using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Files;

/// <summary>How a file writes its values, told once for all its lines.</summary>
/// <param name="Dates">The order of day and month.</param>
/// <param name="Sign">The decimal sign; null where no number was seen that needs one: such a number is refused then.</param>
/// <param name="RoundedIds">Columns of ids that a spreadsheet has rounded.</param>
internal sealed record FileForm(DateOrder Dates, DecimalSign? Sign, IReadOnlySet<string> RoundedIds)
{
    /// <summary>Dates that begin with the year, plain numbers.</summary>
    public static FileForm Plain { get; } = new(DateOrder.Ymd, DecimalSign.Point, new HashSet<string>());

    /// <summary>The form of numbers.</summary>
    public NumberForm Numbers => Sign == DecimalSign.Comma ? NumberForm.Comma : NumberForm.Point;
}
