using System.Collections.Immutable;

namespace ClvOrleans.Domain.Customers;

/// <summary>The traits of people that are kept. Named ones only: what else shops send is not needed, and need not be kept.</summary>
public static class TraitNames
{
    /// <summary>The longest value that customer rows hold, in characters; of a longer one they hold the beginning.</summary>
    public const int Longest = 255;

    /// <summary>The time zone that the customer is said to be in.</summary>
    public const string Zone = "timezone";

    /// <summary>The time zone of the customer's device, from the context of an event.</summary>
    public const string EventZone = "contextTimezone";

    /// <summary>Their names.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        "email", "name", "firstName", "lastName", "phone", "company", "plan", "gender", "birthday", "createdAt", "country", "city",
        "language", Zone, EventZone,
    ];
}
