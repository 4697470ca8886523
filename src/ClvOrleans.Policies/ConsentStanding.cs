namespace ClvOrleans.Policies;

/// <summary>Whether a customer has consented to marketing by a channel about a topic.</summary>
public enum ConsentStanding
{
    /// <summary>Nothing is known: that is no consent.</summary>
    Unknown,

    /// <summary>Consented.</summary>
    Granted,

    /// <summary>Refused or withdrawn.</summary>
    Denied,
}
