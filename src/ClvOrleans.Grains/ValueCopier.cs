using ClvOrleans.Contracts;
using Orleans.Serialization.Cloning;

namespace ClvOrleans.Grains;

/// <summary>Hands the values of a message on within a silo: nobody can change them, so there is nothing to copy.</summary>
internal sealed class ValueCopier : IGeneralizedCopier, IOptionalDeepCopier
{
    /// <inheritdoc />
    public bool IsSupportedType(Type type) => MessageValues.Contains(type);

    /// <inheritdoc />
    public bool IsShallowCopyable() => true;

    /// <inheritdoc />
    public object? DeepCopy(object? input, CopyContext context) => input;
}
