using System.Security.Cryptography;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Server.Stores;

/// <summary>Which key the pseudonyms of a store have.</summary>
internal static class PseudonymKeys
{
    /// <summary>
    /// The pseudonyms of the next version of a store: those it has, or new ones where it has had none. One whose key is gone gets no
    /// other, under which nobody would be who they were.
    /// </summary>
    public static Pseudonyms? For(StoreFile next, KeptStore? known) =>
        !next.Pseudonyms || known is { HasLostKey: true } ? null : known?.Record.Pseudonyms ?? Made();

    /// <summary>Why a store's setting cannot change, as what follows its name.</summary>
    public static string WhyTheyStay(KeptStore? known) => known?.Settings.Pseudonyms is null
        ? "keeps people, or what was sent of them, under their own ids, and pseudonyms would split them from what comes later"
        : "keeps people under pseudonyms, which nothing leads back from to their ids, and ids would split them from what comes later";

    private static Pseudonyms Made() =>
        new(Convert.ToHexString(RandomNumberGenerator.GetBytes(Pseudonyms.KeyLength)));
}
