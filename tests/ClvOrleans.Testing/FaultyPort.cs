using System.Reflection;
using System.Runtime.CompilerServices;

namespace ClvOrleans.Testing;

/// <summary>Stands before an object of an interface and asks <see cref="Faults"/> before each call.</summary>
public class FaultyPort : DispatchProxy
{
    private static readonly MethodInfo Typed = Method(nameof(CallTypedAsync));
    private static readonly MethodInfo Streamed = Method(nameof(StreamAsync));
    private object _port = null!;
    private Faults _faults = null!;
    private string _name = "";

    internal static T Wrap<T>(T port, Faults faults)
        where T : class
    {
        var proxy = Create<T, FaultyPort>();
        var self = (FaultyPort)(object)proxy;
        (self._port, self._faults, self._name) = (port, faults, typeof(T).Name);
        return proxy;
    }

    /// <inheritdoc />
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var call = $"{_name}.{targetMethod!.Name}";
        var fault = _faults.Of(call);
        object? Forward()
        {
            return targetMethod.Invoke(_port, BindingFlags.DoNotWrapExceptions, null, args, null);
        }

        var type = targetMethod.ReturnType;
        if (fault is null)
        {
            return Forward();
        }

        if (type == typeof(Task))
        {
            return CallAsync(call, fault, () => (Task)Forward()!);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>))
        {
            return Typed.MakeGenericMethod(type.GenericTypeArguments).Invoke(null, [call, fault, (Func<object?>)Forward]);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>))
        {
            return Streamed.MakeGenericMethod(type.GenericTypeArguments)
                .Invoke(null, [call, fault, (Func<object?>)Forward, CancellationToken.None]);
        }

        if (fault.Kind == FaultKind.Fail)
        {
            throw fault.ErrorOf(call);
        }

        var result = Forward();
        fault.After(call);
        return result;
    }

    private static MethodInfo Method(string name) => typeof(FaultyPort).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;

    private static async Task CallAsync(string call, Fault fault, Func<Task> forward)
    {
        await fault.BeforeAsync(call);
        await forward();
        fault.After(call);
    }

    private static async Task<T> CallTypedAsync<T>(string call, Fault fault, Func<object?> forward)
    {
        await fault.BeforeAsync(call);
        var result = await (Task<T>)forward()!;
        fault.After(call);
        return result;
    }

    private static async IAsyncEnumerable<T> StreamAsync<T>(
        string call, Fault fault, Func<object?> forward, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await fault.BeforeAsync(call);
        await foreach (var item in ((IAsyncEnumerable<T>)forward()!).WithCancellation(cancellation))
        {
            yield return item;
            fault.After(call);
        }

        fault.After(call);
    }
}
