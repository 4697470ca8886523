namespace ClvOrleans.Statistics.Neural.Layers;

/// <summary>One way through a network, there or back.</summary>
/// <param name="Rows">Number of customers in the batch.</param>
/// <param name="Training">Whether units drop out.</param>
/// <param name="Noise">Decides which.</param>
/// <param name="FirstRow">Position of the first row in the whole mini-batch, of which this may be a part.</param>
public readonly record struct LayerContext(int Rows, bool Training = false, Noise Noise = default, int FirstRow = 0)
{
    /// <summary>The same pass with noise of its own for layer n.</summary>
    public LayerContext Through(int n) => Training ? this with { Noise = Noise.Part(n) } : this;
}
