namespace ClvOrleans.Fuzzing.Tests.Engine;

/// <summary>A parser.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parse">Parses an input; throws only what the parser documents as <paramref name="Refusals"/>.</param>
/// <param name="Refusals">The exceptions by which it refuses an input.</param>
/// <param name="Seeds">Inputs that it takes.</param>
/// <param name="Words">Words of its format.</param>
internal sealed record FuzzTarget(
    string Name, Action<byte[]> Parse, IReadOnlyList<Type> Refusals, IReadOnlyList<byte[]> Seeds, IReadOnlyList<byte[]> Words);
