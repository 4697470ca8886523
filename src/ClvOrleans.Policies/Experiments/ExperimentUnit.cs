namespace ClvOrleans.Policies.Experiments;

/// <summary>Who can be exposed. Stored by name: never renamed.</summary>
public enum ExperimentUnit
{
    /// <summary>
    /// Everybody, visitors too. A visitor who turns out to be a customer in another arm is left out of readings, and counted.
    /// </summary>
    Person,

    /// <summary>Customers who are known by a user id; visitors get the control and are not exposed.</summary>
    Customer,
}
