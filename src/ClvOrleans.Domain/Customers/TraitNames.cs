using System.Collections.Immutable;

namespace ClvOrleans.Domain.Customers;

/// <summary>The traits of people that are kept. Named ones only: what else shops send is not needed, and need not be kept.</summary>
public static class TraitNames
{
    /// <summary>The longest value that customer rows hold, in characters; of a longer one they hold the beginning.</summary>
    public const int Longest = 255;

    /// <summary>Their names.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        "email", "name", "firstName", "lastName", "phone", "company", "plan", "gender", "birthday", "createdAt", "country", "city",
        "language",
    ];
}
