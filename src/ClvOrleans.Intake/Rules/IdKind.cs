namespace ClvOrleans.Intake.Rules;

/// <summary>What an id is of.</summary>
public enum IdKind
{
    /// <summary>A customer, by the shop's own id.</summary>
    Customer,

    /// <summary>A browser or device.</summary>
    Visitor,

    /// <summary>An order.</summary>
    Order,
}
