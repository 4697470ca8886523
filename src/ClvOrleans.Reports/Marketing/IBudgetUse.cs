namespace ClvOrleans.Reports.Marketing;

/// <summary>Something that money can be spent on, with a return that falls with each further unit.</summary>
public interface IBudgetUse
{
    /// <summary>What it is.</summary>
    string Name { get; }

    /// <summary>What its return rests on.</summary>
    string Basis { get; }

    /// <summary>What is spent on it until the next unit of money returns no more than so many units of margin.</summary>
    double AmountAt(double marginalReturn);

    /// <summary>Margin that an amount returns.</summary>
    double ReturnOf(double amount);

    /// <summary>Margin that the next unit of money after an amount returns.</summary>
    double NextReturn(double amount);

    /// <summary>Customers who are won or contacted by an amount.</summary>
    double CustomersFor(double amount);
}
